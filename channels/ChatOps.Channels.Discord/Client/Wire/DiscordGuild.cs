namespace ChatOps.Channels.Discord;

/// <summary>A server, as far as it is needed.</summary>
internal sealed record DiscordGuild(string Id, string? Name = null);
