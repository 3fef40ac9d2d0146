using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>Wakes the conversations whose accepted messages have no end yet, and removes what was answered long ago.</summary>
internal sealed class InboxSweep(IStore store, IMessageBus bus, TimeProvider time, BusOptions options) : IRecoverySweep
{
    private readonly PruneClock prune = new(time, options.Recovery.PruneInterval);

    public string Name => "inbox";

    public async Task SweepAsync(bool atStart, CancellationToken cancellationToken)
    {
        foreach (var message in await store.ReadAsync(Look, cancellationToken)) await bus.PublishAsync(message, cancellationToken);
        if (!prune.IsDue()) return;
        var before = time.GetUtcNow() - options.Recovery.KeepInbox;
        await prune.RunAsync(() => store.WriteAsync(session => session.Inbox.Prune(before), cancellationToken));
    }

    private List<MessageAccepted> Look(IStoreSession session) =>
        [.. session.Inbox.ConversationsWithWork(options.Recovery.BatchSize)
            .Select(session.Inbox.Next)
            .OfType<InboxItem>()
            .Select(item => new MessageAccepted(item.Id, item.ConversationId))];
}
