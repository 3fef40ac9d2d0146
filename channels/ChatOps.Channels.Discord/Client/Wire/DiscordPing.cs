namespace ChatOps.Channels.Discord;

/// <summary>The kind of a call; pings hold little else.</summary>
internal sealed record DiscordPing(int Type);
