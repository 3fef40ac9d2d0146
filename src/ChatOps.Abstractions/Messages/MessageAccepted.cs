namespace ChatOps.Messages;

/// <summary>Event: an inbound message is committed.</summary>
/// <param name="InboxId">Its inbox id.</param>
/// <param name="ConversationId">Its conversation.</param>
public sealed record MessageAccepted(string InboxId, string ConversationId);
