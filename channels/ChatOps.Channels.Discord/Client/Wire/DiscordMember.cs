namespace ChatOps.Channels.Discord;

/// <summary>What a user is in a guild.</summary>
internal sealed record DiscordMember(string? Nick = null, DiscordUser? User = null);
