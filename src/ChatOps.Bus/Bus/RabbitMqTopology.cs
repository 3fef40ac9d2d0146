using System.Globalization;
using System.Security.Authentication;
using ChatOps.Messages;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>
/// Which queues there are on the broker and who listens to them. What one gateway has to do goes to a durable quorum queue that all listen to; what every gateway must hear (<see cref="IBroadcast"/>)
/// goes to a queue of each, which ends with it. A message that its gateway dies over again and again is put aside in <see cref="DeadQueue"/> by <see cref="DeadMessages"/>, and where that does not come
/// to it by the broker, before it would drop it (docs of RabbitMQ, "Quorum queues", poison message handling).
/// </summary>
internal sealed class RabbitMqTopology(BusOptions options, string gateway, TimeProvider time, ILogger logger)
{
    /// <summary>Where messages are that no gateway survived, or none can read.</summary>
    public const string DeadQueue = "chatops.dead";

    /// <summary>Messages kept there; the oldest go first.</summary>
    public const int MaxDead = 10_000;

    // Where messages for one gateway go; its queue is bound to it by its id and their kind.
    private const string GatewaysExchange = "chatops.gateways";

    private const string GatewayHeader = "chatops-gateway";

    private int connection;

    /// <summary>The broker's address, as it is named to people.</summary>
    public string Broker { get; } = string.Create(CultureInfo.InvariantCulture, $"{options.RabbitMq.Host}:{PortOf(options.RabbitMq)}");

    /// <summary>The port that the broker listens at.</summary>
    public static int PortOf(RabbitMqOptions settings) => settings.Port ?? (settings.UseTls ? RabbitMqOptions.TlsPort : RabbitMqOptions.PlainPort);

    /// <summary>A bus, not started, whose only connection is that line.</summary>
    /// <param name="subscriptions">Who listens.</param>
    /// <param name="line">What it is connected over.</param>
    /// <param name="refused">Told why a broker that answered is not to be trusted.</param>
    public IBusControl Create(IReadOnlyList<Subscription> subscriptions, BrokerLine line, Action<string> refused) => MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator =>
    {
        // Not shared between calls: a bus is made when the one before it has been given up.
        connection++;
        var settings = options.RabbitMq;
        configurator.Host(settings.Host, (ushort)PortOf(settings), settings.VirtualHost, $"chatops gateway {gateway}", host =>
        {
            host.Username(settings.Username);
            host.Password(settings.Password);
            host.Heartbeat(settings.Heartbeat);
            host.PublisherConfirmation = true;
            host.OnRefreshConnectionFactory = factory =>
            {
                line.Use(factory);
                return Task.CompletedTask;
            };
            if (settings.UseTls)
            {
                var certificate = new BrokerCertificate(settings, refused);
                host.UseSsl(tls => (tls.ServerName, tls.Protocol, tls.CertificateValidationCallback) = (settings.Host, SslProtocols.Tls12 | SslProtocols.Tls13, certificate.IsGood));
            }
        });
        foreach (var subscription in subscriptions)
        {
            if (subscription.IsAddressed) ListenToOwn(configurator, subscription);
            else if (subscription.IsBroadcast) ListenAlone(configurator, subscription);
            else ListenTogether(configurator, subscription);
        }
    });

    /// <summary>Has the broker take a message; complete when it has confirmed it.</summary>
    /// <exception cref="Exception">It did not: no queue, no connection, or no answer before the token's end.</exception>
    public async Task SendAsync<T>(IBus open, T message, CancellationToken cancellationToken) where T : class
    {
        if (message is not IForGateway addressed)
        {
            await open.Publish(message, Address, cancellationToken);
            return;
        }

        // A gateway that is not there any more has no queue, and the broker lets go of what is for it.
        var exchange = await open.GetSendEndpoint(new Uri($"exchange:{GatewaysExchange}?type=direct"));
        await exchange.Send(message, context =>
        {
            context.SetRoutingKey(KeyOf(addressed.Gateway, typeof(T)));
            context.TimeToLive = addressed.Lifetime;
        }, cancellationToken);
    }

    // What finds no queue comes back instead of being confirmed and gone.
    private void Address<T>(PublishContext<T> context) where T : class
    {
        context.Headers.Set(GatewayHeader, gateway);
        if (context.TryGetPayload(out RabbitMqSendContext? sent)) sent.Mandatory = true;
    }

    private void ListenTogether(IRabbitMqBusFactoryConfigurator configurator, Subscription subscription) => configurator.ReceiveEndpoint(QueueOf(subscription), endpoint =>
    {
        endpoint.SetQuorumQueue();
        endpoint.SetQueueArgument("x-delivery-limit", options.RabbitMq.DeliveryLimit);
        endpoint.BindDeadLetterQueue(DeadQueue, DeadQueue, dead =>
        {
            dead.SetQueueArgument("x-queue-type", "quorum");
            dead.SetQueueArgument("x-max-length", MaxDead);
        });

        // Straight to the queue: a broker that was killed can come back without a binding, and what went to the exchange would be gone.
        endpoint.SetQueueArgument("x-dead-letter-exchange", "");
        endpoint.SetQueueArgument("x-dead-letter-routing-key", DeadQueue);
        Bound(endpoint);
        new DeadMessages(options.RabbitMq, QueueOf(subscription), time, logger).AddTo(endpoint);
        subscription.Listen(endpoint, _ => true);
    });

    private void ListenAlone(IRabbitMqBusFactoryConfigurator configurator, Subscription subscription) => configurator.ReceiveEndpoint(OwnQueueOf(subscription), endpoint =>
    {
        endpoint.Durable = false;
        endpoint.AutoDelete = true;
        Bound(endpoint);

        // What this gateway published itself it has heard already.
        subscription.Listen(endpoint, context => context.Headers.Get<string>(GatewayHeader) != gateway);
    });

    private void ListenToOwn(IRabbitMqBusFactoryConfigurator configurator, Subscription subscription) => configurator.ReceiveEndpoint(OwnQueueOf(subscription), endpoint =>
    {
        endpoint.Durable = false;
        endpoint.AutoDelete = true;
        endpoint.ConfigureConsumeTopology = false;
        endpoint.Bind(GatewaysExchange, binding =>
        {
            binding.ExchangeType = "direct";
            binding.RoutingKey = KeyOf(gateway, subscription.MessageType);
        });
        Bound(endpoint);

        // In the order in which they come.
        endpoint.ConcurrentMessageLimit = 1;
        subscription.Listen(endpoint, _ => true);
    });

    private void Bound(IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.PrefetchCount = options.RabbitMq.Prefetch;
        endpoint.ConcurrentMessageLimit = Math.Min(options.MaxConcurrency, options.RabbitMq.Prefetch);
    }

    private static string QueueOf(Subscription subscription) => $"chatops.{subscription.MessageType.Name}";

    // Another one for each connection: the broker keeps a queue to the connection that made it, until it has seen that one end.
    private string OwnQueueOf(Subscription subscription) => string.Create(CultureInfo.InvariantCulture, $"chatops.{gateway}.{connection}.{subscription.MessageType.Name}");

    private static string KeyOf(string receiver, Type message) => $"{receiver}.{message.Name}";
}
