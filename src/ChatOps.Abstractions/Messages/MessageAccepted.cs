namespace ChatOps.Messages;

/// <summary>Event: an inbound message is committed.</summary>
/// <param name="InboxId">Its inbox id.</param>
/// <param name="ConversationId">Its conversation.</param>
public sealed record MessageAccepted(string InboxId, string ConversationId)
{
    /// <summary>Whether it may be about what runs and not wait for it (a stop, the newest output of a job): a button, or a text with such a word. Whoever handles the event need not read any other message for it. Default true: read it.</summary>
    public bool MayStop { get; init; } = true;
}
