using System.Collections.Frozen;
using ChatOps.Messages;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>
/// The bus: MassTransit with its in-memory transport. It starts behind the gateway's back, because it costs a tenth of a second and nobody needs it sooner: the store
/// is the truth, and the first sweep, which waits for the bus, finds what was published too early.
/// </summary>
internal sealed partial class MessageBus(
    IServiceProvider services, IEnumerable<MessageHandlerRegistration> registrations, BusOptions options, TimeProvider time, ILoggerFactory loggers)
    : IMessageBus, IBusReadiness, IHostedService, IDisposable
{
    private readonly ILogger<MessageBus> logger = loggers.CreateLogger<MessageBus>();
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stopping = new();
    private FrozenDictionary<Type, Subscription> listenedTo = FrozenDictionary<Type, Subscription>.Empty;
    private volatile IBusControl? control;
    private Task starting = Task.CompletedTask;

    /// <summary>What waits and what went wrong, for the health report.</summary>
    public BusCounts Counts { get; } = new();

    /// <summary>Whether messages are carried now.</summary>
    public bool IsRunning => control is not null;

    /// <summary>Completes when the start has come to its end, however that is; completed before it begins.</summary>
    public Task Starting => starting;

    public async Task PublishAsync<T>(T message, CancellationToken cancellationToken) where T : class
    {
        if (control is not { } bus || !listenedTo.TryGetValue(typeof(T), out var subscription)) return;
        // In memory the handler is in this process: a wake-up need not be written, carried and read to get there.
        if (options.Transport == BusTransport.InMemory && subscription.TryWake(message)) return;
        if (!Counts.TryEnqueue(options.MaxQueued))
        {
            LogDropped(typeof(T).Name, options.MaxQueued);
            return;
        }

        try
        {
            await bus.Publish(message, cancellationToken);
        }
        catch
        {
            Counts.Dequeue();
            throw;
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
        if (Interlocked.Exchange(ref control, null) is { } bus) await bus.StopAsync(cancellationToken);
    }

    public void Dispose() => stopping.Dispose();

    private async Task StartTransportAsync(IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        try
        {
            LogContext.ConfigureCurrentLogContext(loggers);
            var bus = MassTransit.Bus.Factory.CreateUsingInMemory(configurator =>
            {
                foreach (var subscription in subscriptions) subscription.Listen(configurator, options.MaxConcurrency);
            });
            await bus.StartAsync(cancellationToken);
            control = bus;
            started.TrySetResult();
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

    private Subscription Subscribe(Type messageType) => (Subscription)ActivatorUtilities.CreateInstance(
        services, typeof(Subscription<>).MakeGenericType(messageType), Counts, time, logger);
}
