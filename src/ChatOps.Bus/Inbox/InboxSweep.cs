using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>Wakes the conversations whose accepted messages have no end yet, and removes what was answered long ago.</summary>
internal sealed class InboxSweep(IStore store, IMessageBus bus, TimeProvider time, BusOptions options, BusMetrics metrics) : IRecoverySweep
{
    private readonly PruneClock prune = new(time, options.Recovery.PruneInterval);

    public string Name => "inbox";

    public async Task SweepAsync(bool atStart, CancellationToken cancellationToken)
    {
        var (work, oldest) = await store.ReadAsync(Look, cancellationToken);
        metrics.InboxAge(QueueHealth.Age(oldest, time));
        foreach (var message in work) await bus.PublishAsync(message, cancellationToken);
        if (!prune.IsDue()) return;
        var before = time.GetUtcNow() - options.Recovery.KeepInbox;
        await prune.RunAsync(() => store.WriteAsync(session => session.Inbox.Prune(before), cancellationToken));
    }

    private (IReadOnlyList<MessageAccepted> Work, DateTimeOffset? Oldest) Look(IStoreSession session) =>
        ([.. session.Inbox.ConversationsWithWork(options.Recovery.BatchSize)
                .Select(session.Inbox.Next)
                .OfType<InboxItem>()
                .Select(item => new MessageAccepted(item.Id, item.ConversationId))],
            session.Inbox.Waiting().Oldest);
}
