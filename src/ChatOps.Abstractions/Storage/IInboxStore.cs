using ChatOps.Messages;

namespace ChatOps.Storage;

/// <summary>Accepted inbound messages, kept at least 7 days.</summary>
public interface IInboxStore
{
    /// <summary>Adds an item unless its platform key is there; returns the id of the row that holds the key now.</summary>
    /// <param name="item">The item.</param>
    /// <param name="later">Makes an id that sorts after another. The item gets one where a newer id than its own is there already, of a process whose clock is ahead; without it, it keeps its own.</param>
    (string Id, bool Added) Add(InboxItem item, Func<string, string>? later = null);

    /// <summary>One item.</summary>
    InboxItem? Find(string id);

    /// <summary>The oldest item of a conversation that is accepted or working (working: left by a dead process).</summary>
    InboxItem? Next(string conversationId);

    /// <summary>The same, asked together with the next question.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="besides">An item that is left out, because it is about to end; null for none.</param>
    IAnswer<InboxItem?> AskNext(string conversationId, string? besides = null);

    /// <summary>The items of a conversation that are accepted or working, oldest first.</summary>
    IReadOnlyList<InboxItem> Open(string conversationId, int limit);

    /// <summary>The item whose suspended turn waits for this invocation.</summary>
    InboxItem? FindWaitingFor(string invocationId);

    /// <summary>Moves an item; <paramref name="outcome"/> is set for terminal states. Entering working counts an attempt.</summary>
    void SetState(string id, InboxState state, string? waitsFor, string? outcome);

    /// <summary>Opens a suspended item again, with its attempts counted anew: what it waited for has ended, and its turn goes on.</summary>
    /// <returns>Whether it was suspended.</returns>
    bool Resume(string id);

    /// <summary>The suspended items of a conversation, oldest first.</summary>
    IReadOnlyList<InboxItem> SuspendedIn(string conversationId, int limit);

    /// <summary>Replaces what is known about an item besides its text.</summary>
    void SetContext(string id, InboundContext context);

    /// <summary>Conversations that have an accepted or working item.</summary>
    IReadOnlyList<string> ConversationsWithWork(int limit);

    /// <summary>All suspended items.</summary>
    IReadOnlyList<InboxItem> Suspended(int limit);

    /// <summary>When the oldest item that is not terminal and not suspended was received, and how many there are.</summary>
    (DateTimeOffset? Oldest, long Count) Waiting();

    /// <summary>Removes terminal items received before a time, a bounded number a call; returns how many. Call again in a new transaction until it returns 0.</summary>
    int Prune(DateTimeOffset before);
}
