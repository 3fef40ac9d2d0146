using System.Globalization;
using System.Net.Sockets;
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

    // Messages that wait for one gateway; more than one that is there can be behind by.
    private const int MaxPassing = 10_000;

    // Where messages for one gateway go; its queue is bound to it by its id and their kind.
    private const string GatewaysExchange = "chatops.gateways";

    private const string GatewayHeader = "chatops-gateway";
    private static readonly TimeSpan HealthInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    /// <summary>How long it may take until somebody listens at the broker's address.</summary>
    private static readonly TimeSpan KnockTime = TimeSpan.FromSeconds(5);

    /// <summary>How long the library may take to make a connection with its queues, which it tries with pauses of its own; then it begins anew.</summary>
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(30);

    /// <summary>A connection over which nothing was confirmed for this long is asked whether it is there.</summary>
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(10);

    /// <summary>How long the broker may take to answer that.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    private readonly string broker = string.Create(CultureInfo.InvariantCulture, $"{options.RabbitMq.Host}:{PortOf(options.RabbitMq)}");
    private readonly CancellationTokenSource stopping = new();
    private volatile IBusControl? bus;
    private volatile string? trouble = "Not connected yet.";
    private volatile string? refusal;
    private Task kept = Task.CompletedTask;
    private int underWay;
    private int connection;
    private long confirmedAt;
    private volatile bool isUnconfirmed;

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
        string? said = null;
        for (var pause = HealthInterval; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await KnockAsync(cancellationToken);
                await StartAsync(Create(subscriptions), cancellationToken);
                return;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                var reason = Reason(error);
                trouble = refusal ?? $"RabbitMQ at {broker} cannot be reached: {reason}";

                // Once, not every few seconds of a long night.
                if (reason != said) LogUnreachable(broker, said = reason);
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    // The library's own first attempt must not fail: queues that wait for a connection while attempts at it fail can be forgotten when one succeeds.
    private async Task KnockAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(KnockTime);
        using var socket = new TcpClient();
        await socket.ConnectAsync(options.RabbitMq.Host, PortOf(options.RabbitMq), patience.Token);
    }

    private async Task StartAsync(IBusControl control, CancellationToken cancellationToken)
    {
        // It tries again by itself, and quietly; so that it is said, each try is ended here. Ended while a connection is being refused, it does not always answer.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectTime);
        try
        {
            await control.StartAsync(patience.Token).WaitAsync(patience.Token);
        }
        catch
        {
            // It may be connected in part.
            await StopAsync(control);
            throw;
        }

        Confirmed();
        bus = control;
        trouble = refusal = null;
        LogConnected(broker);
    }

    // The library would mend what broke, and at times not all of it: queues that missed the break are called healthy and hear nothing from then on, or the whole connection is gone and called healthy
    // (MassTransit's issues 5692 and 6095, and one broker of ten that was killed here). So what it says is believed when it is bad, and a connection that broke is given up whole for a new one.
    private async Task KeepAsync(IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(HealthInterval, time, cancellationToken);
                if (bus is not { } open) return;
                if (await WhyGoneAsync(open) is { } why)
                {
                    if (trouble is null) LogAway(broker, why);
                    trouble = refusal ?? $"RabbitMQ at {broker} is away: {why}.";
                    bus = null;
                    await StopAsync(open);
                    await ConnectAsync(subscriptions, cancellationToken);
                }
                else if (trouble is not null)
                {
                    trouble = refusal = null;
                    LogConnected(broker);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The gateway ends.
        }
    }

    private async Task<string?> WhyGoneAsync(IBusControl open)
    {
        if (open.CheckHealth() is { Status: not BusHealthStatus.Healthy } unwell) return unwell.Description;
        if (!isUnconfirmed && time.GetElapsedTime(Interlocked.Read(ref confirmedAt)) < QuietTime) return null;
        try
        {
            // For nobody: the broker confirms it and lets go of it.
            var probe = new BrokerProbe(gateway);
            await SendToAsync(open, probe, probe, stopping.Token).WaitAsync(AnswerTime, time, stopping.Token);
            Confirmed();
            return null;
        }
        catch (Exception error) when (!stopping.IsCancellationRequested)
        {
            return Reason(error);
        }
    }

    private void Confirmed()
    {
        Interlocked.Exchange(ref confirmedAt, time.GetTimestamp());
        isUnconfirmed = false;
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
            Interlocked.Exchange(ref confirmedAt, time.GetTimestamp());
        }
        catch (Exception error)
        {
            // A boundary: nobody awaits this task. What the broker may or may not have is done here as well; everything can stand to come twice.
            if (trouble is null) LogNotConfirmed(broker, Reason(error));
            trouble ??= $"RabbitMQ at {broker} does not answer: {Reason(error)}";
            isUnconfirmed = true;
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
        connection++;
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

    private void ListenAlone(IRabbitMqBusFactoryConfigurator configurator, Subscription subscription) => configurator.ReceiveEndpoint(OwnQueueOf(subscription), endpoint =>
    {
        Passing(endpoint);
        Bound(endpoint);

        // What this gateway published itself it has heard already.
        subscription.Listen(endpoint, context => context.Headers.Get<string>(GatewayHeader) != gateway);
    });

    private void ListenToOwn(IRabbitMqBusFactoryConfigurator configurator, Subscription subscription) => configurator.ReceiveEndpoint(OwnQueueOf(subscription), endpoint =>
    {
        Passing(endpoint);
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

    // Ends with whoever listens. Not with the connection: one that the library lost sight of would keep the queue from the next.
    private static void Passing(IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.Durable = false;
        endpoint.AutoDelete = true;
        endpoint.Exclusive = false;
        endpoint.SetQueueArgument("x-max-length", MaxPassing);
    }

    private void Bound(IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.PrefetchCount = options.RabbitMq.Prefetch;
        endpoint.ConcurrentMessageLimit = Math.Min(options.MaxConcurrency, options.RabbitMq.Prefetch);
    }

    // Another one for each connection, so that what is left of an earlier one takes nothing away from it.
    private string OwnQueueOf(Subscription subscription) => string.Create(CultureInfo.InvariantCulture, $"chatops.{gateway}.{connection}.{subscription.MessageType.Name}");

    private static string QueueOf(Subscription subscription) => $"chatops.{subscription.MessageType.Name}";

    private static int PortOf(RabbitMqOptions settings) => settings.Port ?? (settings.UseTls ? RabbitMqOptions.TlsPort : RabbitMqOptions.PlainPort);

    // The innermost says what; those around it say that a connection was to be made.
    private static string Reason(Exception error) => error is OperationCanceledException or TimeoutException ? "no answer in time." : error.GetBaseException().Message;
}
