namespace ChatOps.Channels.Discord;

/// <summary>That the bot is a member of a thread.</summary>
internal sealed record ThreadMembership(string? UserId = null);
