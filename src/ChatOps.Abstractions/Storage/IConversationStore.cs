namespace ChatOps.Storage;

/// <summary>Conversations, the lease that makes turns one at a time, and timelines.</summary>
public interface IConversationStore
{
    /// <summary>Adds the conversation when it is new; updates its last activity otherwise.</summary>
    void Touch(string id, string? owner, string title, DateTimeOffset now);

    /// <summary>One conversation.</summary>
    Conversation? Find(string id);

    /// <summary>A person's conversations in a channel, most recent activity first.</summary>
    IReadOnlyList<Conversation> List(string channel, string owner, int limit);

    /// <summary>Renames.</summary>
    void Rename(string id, string title);

    /// <summary>Begins the conversation's memory at a message: nothing before it is remembered.</summary>
    void BeginMemory(string id, string inboxId);

    /// <summary>Takes the lease when it is free or has run out.</summary>
    /// <param name="id">The conversation.</param>
    /// <param name="holder">Who takes it.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">How long it is held.</param>
    /// <param name="newest">Is told the newest id of a step of delivery when it was taken: the next turn's answers must sort after those of the last, which another gateway with another clock may have made.</param>
    /// <returns>A fencing token, higher at every taking; null when it is held (by the same holder too: one turn at a time).</returns>
    long? TryLease(string id, string holder, DateTimeOffset now, DateTimeOffset until, Action<string>? newest = null);

    /// <summary>Prolongs a lease; false when the token is not the current one any more.</summary>
    bool Renew(string id, long token, DateTimeOffset until);

    /// <summary>Whether the token still holds: checked in the same transaction as every write of a turn.</summary>
    bool Holds(string id, long token);

    /// <summary>How a message of a conversation stands, where the token still holds; null where it does not.</summary>
    InboxState? HeldState(string id, long token, string inboxId);

    /// <summary>Gives the lease back.</summary>
    void Release(string id, long token);

    /// <summary>Ends the leases of every holder but this one; at the start of a process that is alone with its store, the others are dead. Their tokens do not hold any more.</summary>
    /// <returns>How many.</returns>
    int ReleaseOthers(string holder);

    /// <summary>The newest entries (texts, not button presses), oldest first in the result.</summary>
    /// <param name="id">The conversation.</param>
    /// <param name="before">Only entries with a smaller id; null for the newest.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<TimelineEntry> Timeline(string id, string? before, int limit);

    /// <summary>The older part of a conversation in short; null when none was made.</summary>
    ConversationDigest? Digest(string id);

    /// <summary>Keeps a digest in the place of an older one.</summary>
    void SetDigest(ConversationDigest digest);
}
