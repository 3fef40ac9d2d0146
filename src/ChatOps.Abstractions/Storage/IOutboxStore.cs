namespace ChatOps.Storage;

/// <summary>Messages of ours and the steps of delivering them.</summary>
public interface IOutboxStore
{
    /// <summary>Adds a message.</summary>
    void AddMessage(StoredMessage message);

    /// <summary>One message.</summary>
    StoredMessage? FindMessage(string id);

    /// <summary>The messages that answer an inbound message (its reply, the cards it led to), oldest first.</summary>
    IReadOnlyList<StoredMessage> RepliesTo(string inboxId);

    /// <summary>Replaces a message's newest content.</summary>
    void UpdateMessage(string id, ChatOps.Messages.RichMessage content, DateTimeOffset now);

    /// <summary>Adds a delivery step. A pending edit of the same message becomes <see cref="OutboxState.Superseded"/>; an edit of a message whose send is still pending replaces that send's content instead of adding a row. Either way the more urgent priority of the two holds.</summary>
    void Add(OutboxItem item);

    /// <summary>Asks for the next step of a conversation, with what a channel must know of its message: the oldest by priority among those that may go now; null when none or when one is in <see cref="OutboxState.Sending"/>. Steps of one message never overtake each other.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="now">The time.</param>
    /// <param name="ended">A step in <see cref="OutboxState.Sending"/> that has ended and is about to be written down, so that it holds up none; null for none.</param>
    IAnswer<(OutboxItem Item, MessageAddress Address)?> AskNext(string conversationId, DateTimeOffset now, string? ended = null);

    /// <summary>Moves a step; sets the message's platform id when given. Entering sending counts an attempt.</summary>
    void SetState(string id, OutboxState state, string? platformId, string? error, DateTimeOffset notBefore);

    /// <summary>Notes the conversation of the thread that a message's sending opened; empty for none.</summary>
    void SetThread(string messageId, string conversationId);

    /// <summary>Marks a step as doubtful: an earlier try may have arrived.</summary>
    void Doubt(string id);

    /// <summary>What a channel must know of a message besides its content; null when there is no such message. Cheaper than <see cref="FindMessage"/>.</summary>
    MessageAddress? Address(string messageId);

    /// <summary>One step.</summary>
    OutboxItem? Find(string id);

    /// <summary>Puts a step that failed, or whose end is unknown, back to be sent as if it were new; false when it is neither.</summary>
    bool Retry(string id, DateTimeOffset now);

    /// <summary>Removes a step that failed, or whose end is unknown; false when it is neither.</summary>
    bool Drop(string id);

    /// <summary>Conversations with pending or sending steps.</summary>
    IReadOnlyList<string> ConversationsWithWork(int limit);

    /// <summary>The steps of a conversation that are marked as being sent, the most urgent first.</summary>
    IReadOnlyList<OutboxItem> SendingIn(string conversationId);

    /// <summary>Steps in a state, newest first (dead letters are <see cref="OutboxState.Failed"/>).</summary>
    IReadOnlyList<OutboxItem> InState(OutboxState state, int limit);

    /// <summary>Steps that failed for good and those of unknown end, which somebody has to look after, newest first.</summary>
    IReadOnlyList<OutboxItem> GivenUp(int limit);

    /// <summary>When the oldest pending step was created, and how many there are.</summary>
    (DateTimeOffset? Oldest, long Count) Waiting();

    /// <summary>Removes terminal steps created before a time, a bounded number a call; messages stay. Call again in a new transaction until it returns 0.</summary>
    int Prune(DateTimeOffset before);
}
