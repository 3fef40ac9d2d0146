namespace ChatOps.Testing.Telegram;

/// <summary>A marked piece of a text, in UTF-16 code units.</summary>
public sealed record TelegramMark(string Type, int Offset, int Length, string? Url = null);
