using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Rendering;
using ChatOps.Storage;

namespace ChatOps.Tools.DeadLetters;

/// <summary>Messages that were given up: those that can never be delivered, and those of which nobody knows whether they arrived.</summary>
internal sealed class DeadLetters(IStore store, TimeProvider time)
{
    /// <summary>How many are listed or touched at once at most.</summary>
    public const int MaxListed = 500;

    private const int MaxText = 80;

    /// <summary>All of them, newest first.</summary>
    public Task<IReadOnlyList<OutboxItem>> ListAsync(CancellationToken cancellationToken) => store.ReadAsync(All, cancellationToken);

    /// <summary>One; its id may be shortened to its end as long as it is the only one.</summary>
    public Task<OutboxItem?> FindAsync(string id, CancellationToken cancellationToken) => store.ReadAsync(session => Find(session, id), cancellationToken);

    /// <summary>Sends again what an id names, or all; returns how many.</summary>
    public Task<int> RetryAsync(string id, CancellationToken cancellationToken) => store.WriteAsync(
        session =>
        {
            var items = Named(session, id).Where(i => session.Outbox.Retry(i.Id, time.GetUtcNow())).ToList();
            foreach (var conversation in items.Select(i => i.ConversationId).Distinct()) session.PublishAfterCommit(new Deliver(conversation));
            return items.Count;
        },
        cancellationToken);

    /// <summary>Removes what an id names, or all; returns how many.</summary>
    public Task<int> DropAsync(string id, CancellationToken cancellationToken) =>
        store.WriteAsync(session => Named(session, id).Count(i => session.Outbox.Drop(i.Id)), cancellationToken);

    /// <summary>The state in a word for people.</summary>
    public static string State(OutboxItem item) => item.State == OutboxState.Unknown ? "may have arrived" : "not delivered";

    /// <summary>What it says, on one line.</summary>
    public static string Text(OutboxItem item)
    {
        var text = item.Operation == OutboundOperation.Delete ? "(a deletion)" : PlainMessage.Of(item.Content).ReplaceLineEndings(" ").Trim();
        return text.Length <= MaxText ? text : TextSplitter.Split(text, MaxText, static t => t.Length, fenced: false)[0] + "…";
    }

    private static IReadOnlyList<OutboxItem> Named(IStoreSession session, string id) =>
        id == "all" ? All(session) : Find(session, id) is { } item ? [item] : [];

    private static OutboxItem? Find(IStoreSession session, string id) => All(session).Where(i => i.Id.EndsWith(id, StringComparison.OrdinalIgnoreCase)).Take(2).ToList() is [var only] ? only : null;

    private static IReadOnlyList<OutboxItem> All(IStoreSession session) => session.Outbox.GivenUp(MaxListed);
}
