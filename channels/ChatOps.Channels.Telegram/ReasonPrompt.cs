namespace ChatOps.Channels.Telegram;

/// <summary>The bot's question for a reason.</summary>
/// <param name="MessageId">The question.</param>
/// <param name="Token">The action that it is about.</param>
/// <param name="UserId">Who was asked.</param>
/// <param name="CardId">Below which message the button stands.</param>
internal sealed record ReasonPrompt(long MessageId, string Token, string UserId, long CardId);
