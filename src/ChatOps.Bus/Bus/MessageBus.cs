using System.Collections.Frozen;
using ChatOps.Gateways;
using ChatOps.Messages;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>
/// The bus. It starts behind the gateway's back, because it costs a tenth of a second and nobody needs it sooner: the store is the truth, and the first sweep, which waits
/// for the bus, finds what was published too early. A broker that is away holds nobody up: what it cannot carry is done in this process.
/// </summary>
internal sealed partial class MessageBus(
    IServiceProvider services, IEnumerable<MessageHandlerRegistration> registrations, GatewayIdentity self, BusOptions options, TimeProvider time, ILoggerFactory loggers)
    : IMessageBus, IBusReadiness, IHostedService, IDisposable
{
    private readonly ILogger<MessageBus> logger = loggers.CreateLogger<MessageBus>();
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stopping = new();
    private FrozenDictionary<Type, Subscription> listenedTo = FrozenDictionary<Type, Subscription>.Empty;
    private volatile ITransport? transport;
    private Task starting = Task.CompletedTask;

    /// <summary>What waits and what went wrong, for the health report.</summary>
    public BusCounts Counts { get; } = new();

    /// <summary>Whether wake-ups reach somebody now.</summary>
    public bool IsRunning => transport is not null;

    public bool ReachesOthers => options.Transport == BusTransport.RabbitMq && transport is { Trouble: null };

    /// <summary>What is wrong between the gateways, for people; <see langword="null"/> when nothing is.</summary>
    public string? Trouble => transport?.Trouble;

    /// <summary>Completes when the start has come to its end, however that is; completed before it begins.</summary>
    public Task Starting => starting;

    public async Task PublishAsync<T>(T message, CancellationToken cancellationToken) where T : class
    {
        if (transport is not { } carrier) return;
        var subscription = listenedTo.GetValueOrDefault(typeof(T));
        if (options.Transport == BusTransport.InMemory)
        {
            // In memory the handler is in this process: a wake-up need not be written, carried and read to get there.
            if (subscription is not null && !subscription.TryWake(message) && !await carrier.TrySendAsync(message, static () => { }, cancellationToken)) LogDropped(typeof(T).Name, options.MaxQueued);
            return;
        }

        if (message is IForGateway addressed)
        {
            // Nobody else may do it instead, and whoever sent it finds out by itself that it did not arrive.
            if (addressed.Gateway != self.Id) await carrier.TrySendAsync(message, static () => { }, cancellationToken);
            else if (subscription is not null) Here(subscription, message);
            return;
        }

        if (subscription?.IsBroadcast == true) Here(subscription, message);
        if (await carrier.TrySendAsync(message, Instead, cancellationToken)) return;
        Instead();

        // Nobody else could be told: whoever listens in this process does it.
        void Instead()
        {
            if (subscription?.IsBroadcast == false) Here(subscription, message);
        }
    }

    public Task WhenStartedAsync(CancellationToken cancellationToken) => started.Task.WaitAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The handlers are made here, on the host's own thread: only MassTransit's part runs beside it.
        var subscriptions = registrations.Select(r => r.MessageType).Distinct().Select(Subscribe).ToList();
        listenedTo = subscriptions.ToFrozenDictionary(s => s.MessageType);
        starting = Task.Run(() => StartTransportAsync(subscriptions, stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await starting.WaitAsync(cancellationToken);
        if (Interlocked.Exchange(ref transport, null) is { } open) await open.DisposeAsync();
    }

    public void Dispose() => stopping.Dispose();

    private async Task StartTransportAsync(IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        try
        {
            LogContext.ConfigureCurrentLogContext(loggers);
            ITransport carrier = options.Transport == BusTransport.RabbitMq ? new RabbitMqTransport(options, self.Id, time, loggers.CreateLogger<RabbitMqTransport>()) : new InMemoryTransport(options, Counts);
            if (carrier.IsOptional) Ready(carrier);
            await carrier.StartAsync(subscriptions, cancellationToken);
            if (!carrier.IsOptional) Ready(carrier);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            started.TrySetCanceled(cancellationToken);
        }
        catch (Exception error)
        {
            // A boundary: nobody awaits this task. The health report says that the bus is down, and why is in the log.
            LogStartFailed(error);
            started.TrySetException(error);
        }
    }

    private void Ready(ITransport carrier)
    {
        transport = carrier;
        started.TrySetResult();
    }

    private void Here<T>(Subscription subscription, T message) where T : class
    {
        if (subscription.TryWake(message)) return;
        if (!Counts.TryEnqueue(options.MaxQueued))
        {
            LogDropped(typeof(T).Name, options.MaxQueued);
            return;
        }

        // It ends its own failures.
        _ = Task.Run(async () =>
        {
            Counts.Dequeue();
            await subscription.HandleAsync(message, stopping.Token);
        }, CancellationToken.None);
    }

    private Subscription Subscribe(Type messageType) => (Subscription)ActivatorUtilities.CreateInstance(
        services, typeof(Subscription<>).MakeGenericType(messageType), Counts, time, logger);
}
