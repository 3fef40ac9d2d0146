using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>Wakes the conversations whose accepted messages have no end yet, notices an outage of the store, and removes what was answered long ago.</summary>
internal sealed class InboxSweep(IStore store, IMessageBus bus, Outages outages, TimeProvider time, BusOptions options) : IRecoverySweep
{
    private readonly PruneClock prune = new(time, options.Recovery.PruneInterval);

    public string Name => "inbox";

    public async Task SweepAsync(bool atStart, CancellationToken cancellationToken)
    {
        foreach (var message in await LookAsync(cancellationToken)) await bus.PublishAsync(message, cancellationToken);
        if (!prune.IsDue()) return;
        var before = time.GetUtcNow() - options.Recovery.KeepInbox;
        await prune.RunAsync(() => store.WriteAsync(session => session.Inbox.Prune(before), cancellationToken));
    }

    // Between two messages nobody else would notice that the store is away, and that it is back.
    private async Task<List<MessageAccepted>> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await store.ReadAsync(Look, cancellationToken);
            await outages.EndAsync(cancellationToken);
            return found;
        }
        catch (StoreUnavailableException)
        {
            outages.Note(null);
            throw;
        }
    }

    private List<MessageAccepted> Look(IStoreSession session) =>
        [.. session.Inbox.ConversationsWithWork(options.Recovery.BatchSize)
            .Select(session.Inbox.Next)
            .OfType<InboxItem>()
            .Select(item => new MessageAccepted(item.Id, item.ConversationId))];
}
