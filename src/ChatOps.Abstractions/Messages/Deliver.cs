namespace ChatOps.Messages;

/// <summary>Command: deliver what waits in the outbox of a conversation.</summary>
/// <param name="ConversationId">The conversation.</param>
public sealed record Deliver(string ConversationId);
