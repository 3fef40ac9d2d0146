namespace ChatOps.Channels.Discord;

/// <summary>A user or bot.</summary>
internal sealed record DiscordUser(string Id, string? Username = null, string? GlobalName = null, bool Bot = false, bool System = false);
