namespace ChatOps.Channels.Discord;

/// <summary>The application that the bot belongs to.</summary>
internal sealed record DiscordApplication(string Id, string? Name = null, long? Flags = null);
