using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>Wakes the delivery of conversations that have something to send, and removes finished steps that are old.</summary>
internal sealed class OutboxSweep(IStore store, IMessageBus bus, TimeProvider time, BusOptions options) : IRecoverySweep
{
    private readonly PruneClock prune = new(time, options.Recovery.PruneInterval);

    public string Name => "outbox";

    public async Task SweepAsync(bool atStart, CancellationToken cancellationToken)
    {
        var conversations = await store.ReadAsync(session => session.Outbox.ConversationsWithWork(options.Recovery.BatchSize), cancellationToken);
        foreach (var conversation in conversations) await bus.PublishAsync(new Deliver(conversation), cancellationToken);
        if (!prune.IsDue()) return;
        var before = time.GetUtcNow() - options.Recovery.KeepOutbox;
        await prune.RunAsync(() => store.WriteAsync(session => session.Outbox.Prune(before), cancellationToken));
    }
}
