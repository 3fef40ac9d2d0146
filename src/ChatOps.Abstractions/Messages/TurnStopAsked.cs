namespace ChatOps.Messages;

/// <summary>Somebody wants the turn on a message stopped. When it runs in this process it is cancelled; what it asks the gate for later is refused in any case.</summary>
/// <param name="InboxId">The message.</param>
/// <param name="ConversationId">Where it stands.</param>
/// <param name="By">Who wants it, for people.</param>
public sealed record TurnStopAsked(string InboxId, string ConversationId, string By) : IBroadcast;
