namespace ChatOps.Messages;

/// <summary>Event: an inbound message is committed.</summary>
/// <param name="InboxId">Its inbox id.</param>
/// <param name="ConversationId">Its conversation.</param>
public sealed record MessageAccepted(string InboxId, string ConversationId)
{
    /// <summary>Whether it may ask for what runs to be stopped: a button, or a text with that word. Whoever handles the event need not read any other message for it. Default true: read it.</summary>
    public bool MayStop { get; init; } = true;
}
