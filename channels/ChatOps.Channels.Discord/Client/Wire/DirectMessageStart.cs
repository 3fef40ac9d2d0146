namespace ChatOps.Channels.Discord;

/// <summary>Opens a direct message.</summary>
internal sealed record DirectMessageStart(string RecipientId);
