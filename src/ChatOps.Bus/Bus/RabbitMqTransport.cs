using System.Globalization;
using System.Security.Authentication;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>
/// Queues on a RabbitMQ broker. What one gateway has to do goes to a durable quorum queue that all listen to; what every gateway must hear (<see cref="Messages.IBroadcast"/>)
/// goes to a queue of each, which ends with it. A message that its gateway dies over again and again is put aside in <see cref="DeadQueue"/> by <see cref="DeadMessages"/>, and where that does not come
/// to it by the broker, before it would drop it (docs of RabbitMQ, "Quorum queues", poison message handling).
/// </summary>
internal sealed partial class RabbitMqTransport(BusOptions options, string gateway, TimeProvider time, ILogger<RabbitMqTransport> logger) : ITransport
{
    /// <summary>Where messages are that no gateway survived, or none can read.</summary>
    public const string DeadQueue = "chatops.dead";

    /// <summary>Messages kept there; the oldest go first.</summary>
    public const int MaxDead = 10_000;

    // Where messages for one gateway go; its queue is bound to it by its id and their kind.
    private const string GatewaysExchange = "chatops.gateways";

    private const string GatewayHeader = "chatops-gateway";
    private static readonly TimeSpan HealthInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    /// <summary>How long the library may take to make or mend a connection with its queues, which it tries with pauses of its own; then a new one is made.</summary>
    private static readonly TimeSpan MendTime = TimeSpan.FromMinutes(1);

    private readonly string broker = string.Create(CultureInfo.InvariantCulture, $"{options.RabbitMq.Host}:{PortOf(options.RabbitMq)}");
    private readonly CancellationTokenSource stopping = new();
    private volatile IBusControl? bus;
    private volatile string? trouble = "Not connected yet.";
    private volatile string? refusal;
    private Task kept = Task.CompletedTask;
    private int underWay;

    public bool IsOptional => true;

    public string? Trouble => trouble;

    public async Task StartAsync(IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        await ConnectAsync(subscriptions, cancellationToken);
        kept = KeepAsync(subscriptions, stopping.Token);
    }

    public ValueTask<bool> TrySendAsync<T>(T message, Action lost, CancellationToken cancellationToken) where T : class
    {
        if (bus is not { } open || trouble is not null || Volatile.Read(ref underWay) >= options.MaxQueued) return ValueTask.FromResult(false);
        Interlocked.Increment(ref underWay);
        _ = SendAsync(open, message, lost);
        return ValueTask.FromResult(true);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await kept;
        if (Interlocked.Exchange(ref bus, null) is { } open) await StopAsync(open);
        stopping.Dispose();
    }

    private async Task ConnectAsync(IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        for (var pause = HealthInterval; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var control = Create(subscriptions);

                // It tries again by itself, and quietly; so that it is said, each try is ended here. Ended while a connection is being refused, it does not always answer.
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                patience.CancelAfter(MendTime);
                await control.StartAsync(patience.Token).WaitAsync(patience.Token);
                bus = control;
                trouble = refusal = null;
                LogConnected(broker);
                return;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                trouble = refusal ?? $"RabbitMQ at {broker} cannot be reached: {Reason(error)}";
                LogUnreachable(broker, Reason(error), pause);
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    // The library mends its connection and its queues; where it does not come to an end with that, it is replaced.
    private async Task KeepAsync(IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        long? unwellSince = null;
        try
        {
            while (true)
            {
                await Task.Delay(HealthInterval, time, cancellationToken);
                if (bus is not { } open) return;
                if (open.CheckHealth() is { Status: not BusHealthStatus.Healthy } unwell)
                {
                    if (trouble is null) LogAway(broker, unwell.Description);
                    trouble = refusal ?? $"RabbitMQ at {broker} is away: {unwell.Description}.";
                    unwellSince ??= time.GetTimestamp();
                    if (time.GetElapsedTime(unwellSince.Value) < MendTime) continue;
                    bus = null;
                    await StopAsync(open);
                    await ConnectAsync(subscriptions, cancellationToken);
                }
                else if (trouble is not null)
                {
                    trouble = refusal = null;
                    LogConnected(broker);
                }

                unwellSince = null;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The gateway ends.
        }
    }

    private async Task StopAsync(IBusControl open)
    {
        using var limit = new CancellationTokenSource(StopTime, time);
        try
        {
            await open.StopAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception) when (limit.IsCancellationRequested || trouble is not null)
        {
            // A broker that is away cannot be told; what was not acknowledged it delivers again.
        }
    }

    // Confirmed by the broker or not: nobody waits for it here.
    private async Task SendAsync<T>(IBusControl open, T message, Action lost) where T : class
    {
        try
        {
            using var limit = new CancellationTokenSource(options.RabbitMq.ConfirmTime, time);
            if (message is Messages.IForGateway addressed) await SendToAsync(open, addressed, message, limit.Token);
            else await open.Publish(message, Address, limit.Token);
        }
        catch (Exception error)
        {
            // A boundary: nobody awaits this task. What the broker may or may not have is done here as well; everything can stand to come twice.
            if (trouble is null) LogNotConfirmed(broker, Reason(error));
            trouble ??= $"RabbitMQ at {broker} does not answer: {Reason(error)}";
            lost();
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    // The library goes on trying, and says nothing for a minute.
    private void Refuse(string why)
    {
        var sentence = $"RabbitMQ at {broker} was not connected to: {why}";
        if (refusal != sentence) LogRefused(broker, why);
        trouble = refusal = sentence;
    }

    // What finds no queue comes back instead of being confirmed and gone.
    private void Address<T>(PublishContext<T> context) where T : class
    {
        context.Headers.Set(GatewayHeader, gateway);
        if (context.TryGetPayload(out RabbitMqSendContext? sent)) sent.Mandatory = true;
    }

    // A gateway that is not there any more has no queue, and the broker lets go of what is for it.
    private static async Task SendToAsync<T>(IBusControl open, Messages.IForGateway addressed, T message, CancellationToken cancellationToken) where T : class
    {
        var exchange = await open.GetSendEndpoint(new Uri($"exchange:{GatewaysExchange}?type=direct"));
        await exchange.Send(message, context =>
        {
            context.SetRoutingKey(KeyOf(addressed.Gateway, typeof(T)));
            context.TimeToLive = addressed.Lifetime;
        }, cancellationToken);
    }

    private static string KeyOf(string receiver, Type message) => $"{receiver}.{message.Name}";

    private IBusControl Create(IReadOnlyList<Subscription> subscriptions) => MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator =>
    {
        var settings = options.RabbitMq;
        configurator.Host(settings.Host, (ushort)PortOf(settings), settings.VirtualHost, $"chatops gateway {gateway}", host =>
        {
            host.Username(settings.Username);
            host.Password(settings.Password);
            host.PublisherConfirmation = true;
            if (settings.UseTls)
            {
                var certificate = new BrokerCertificate(settings, Refuse);
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

    private void ListenAlone(IRabbitMqBusFactoryConfigurator configurator, Subscription subscription) => configurator.ReceiveEndpoint($"chatops.{gateway}.{subscription.MessageType.Name}", endpoint =>
    {
        endpoint.Durable = false;
        endpoint.AutoDelete = true;
        Bound(endpoint);

        // What this gateway published itself it has heard already.
        subscription.Listen(endpoint, context => context.Headers.Get<string>(GatewayHeader) != gateway);
    });

    private void ListenToOwn(IRabbitMqBusFactoryConfigurator configurator, Subscription subscription) => configurator.ReceiveEndpoint($"chatops.{gateway}.{subscription.MessageType.Name}", endpoint =>
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

    private static int PortOf(RabbitMqOptions settings) => settings.Port ?? (settings.UseTls ? RabbitMqOptions.TlsPort : RabbitMqOptions.PlainPort);

    // The innermost says what; those around it say that a connection was to be made.
    private static string Reason(Exception error) => error is OperationCanceledException ? "no answer in time." : error.GetBaseException().Message;
}
