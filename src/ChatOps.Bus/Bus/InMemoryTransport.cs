using MassTransit;

namespace ChatOps.Bus;

/// <summary>MassTransit's queues in the gateway's own memory.</summary>
internal sealed class InMemoryTransport(BusOptions options, BusCounts counts) : ITransport
{
    private IBusControl? bus;

    public bool IsOptional => false;

    public string? Trouble => null;

    public async Task StartAsync(IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        var control = MassTransit.Bus.Factory.CreateUsingInMemory(configurator =>
        {
            foreach (var subscription in subscriptions) Listen(configurator, subscription);
        });
        await control.StartAsync(cancellationToken);
        bus = control;
    }

    public async ValueTask<bool> TrySendAsync<T>(T message, Action lost, CancellationToken cancellationToken) where T : class
    {
        if (bus is null || !counts.TryEnqueue(options.MaxQueued)) return false;
        try
        {
            await bus.Publish(message, cancellationToken);
            return true;
        }
        catch
        {
            counts.Dequeue();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref bus, null) is { } open) await open.StopAsync(CancellationToken.None);
    }

    // One queue for each kind, so that slow handlers of one kind do not hold up another.
    private void Listen(IInMemoryBusFactoryConfigurator configurator, Subscription subscription) => configurator.ReceiveEndpoint(subscription.MessageType.Name, endpoint =>
    {
        endpoint.PrefetchCount = options.MaxConcurrency;
        endpoint.ConcurrentMessageLimit = options.MaxConcurrency;
        subscription.Listen(endpoint, _ =>
        {
            counts.Dequeue();
            return true;
        });
    });
}
