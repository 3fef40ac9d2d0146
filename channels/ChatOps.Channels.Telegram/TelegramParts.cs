namespace ChatOps.Channels.Telegram;

/// <summary>The channel and what else of it the host must know.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Webhook">Where Telegram calls in webhook mode.</param>
internal sealed record TelegramParts(TelegramChannel Channel, TelegramWebhook Webhook);
