using ChatOps.Agent.Turns;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Context;

/// <summary>What was said in a conversation before a turn: since the last <c>/new</c>, each message with its answers, in the order in which they were written.</summary>
internal static class ConversationSoFar
{
    /// <summary>How many entries of the timeline are looked at; what is older is in the digest by then.</summary>
    public const int MaxEntries = 2_000;

    private const int PageSize = 100;

    /// <summary>Outcomes of messages of which a model learns nothing: who wrote them had no right to be heard, or wrote too many.</summary>
    private static readonly string[] Unheard = ["stranger", "group not admitted", TurnTexts.OverLimitOutcome];

    /// <summary>Reads it.</summary>
    public static ConversationBefore Read(IStoreSession session, Turn turn)
    {
        var afresh = session.Conversations.Find(turn.Conversation.Id)?.MemoryFrom ?? "";
        var digest = session.Conversations.Digest(turn.Conversation.Id) is { } d && string.CompareOrdinal(d.ThroughId, afresh) > 0 ? d : null;
        var entries = Since(session, turn.Conversation.Id, digest?.ThroughId ?? afresh);
        var replies = entries.Where(e => e.Message is { InboxId: not null } m && VisibleTo(m, turn)).ToLookup(e => e.Message!.InboxId!, e => e.Message!);
        var joined = entries.SelectMany(e => e.Inbound?.Context.Joined ?? []).Concat(turn.Item.Context.Joined).ToHashSet(StringComparer.Ordinal);
        var exchanges = new List<Exchange>();
        // Somebody may write again before the answer comes: an answer belongs to its message, wherever it stands in time.
        foreach (var entry in entries.Where(e => string.CompareOrdinal(e.Id, turn.Item.Id) < 0))
        {
            if (entry.Inbound is { Kind: InboundKind.Text } item && Ended(item) && !joined.Contains(item.Id))
                exchanges.Add(new(WithJoined(session, item), session.TurnSteps.Of(item.Id), [.. replies[item.Id].Where(r => r.Id != item.Context.Heard?.MessageId)]));
            else if (entry.Message is { InboxId: null } notice && VisibleTo(notice, turn))
                exchanges.Add(new([], [], [notice]));
        }

        return new(digest, exchanges);
    }

    /// <summary>A message and those that its turn answers too.</summary>
    public static IReadOnlyList<InboxItem> WithJoined(IStoreSession session, InboxItem item) => [item, .. item.Context.Joined.Select(session.Inbox.Find).OfType<InboxItem>()];

    private static List<TimelineEntry> Since(IStoreSession session, string conversationId, string id)
    {
        var entries = new List<TimelineEntry>();
        string? before = null;
        while (entries.Count < MaxEntries)
        {
            var page = session.Conversations.Timeline(conversationId, before, PageSize);
            entries.InsertRange(0, page.Where(e => string.CompareOrdinal(e.Id, id) > 0));
            if (page.Count < PageSize || string.CompareOrdinal(page[0].Id, id) <= 0) break;
            before = page[0].Id;
        }

        return entries;
    }

    private static bool Ended(InboxItem item) =>
        item.State is InboxState.Done or InboxState.Failed or InboxState.Cancelled or InboxState.Suspended && !Unheard.Contains(item.Outcome);

    private static bool VisibleTo(StoredMessage message, Turn turn) => message.PrivateTo is null || message.PrivateTo == turn.Actor.UserId;
}
