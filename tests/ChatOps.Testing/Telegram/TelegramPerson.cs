namespace ChatOps.Testing.Telegram;

/// <summary>Somebody on Telegram.</summary>
public sealed record TelegramPerson(long Id, string Name, bool IsBot = false, string? Username = null);
