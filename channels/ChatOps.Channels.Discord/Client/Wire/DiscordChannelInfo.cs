namespace ChatOps.Channels.Discord;

/// <summary>A channel or thread.</summary>
internal sealed record DiscordChannelInfo(
    string Id,
    int Type,
    string? GuildId = null,
    string? ParentId = null,
    string? Name = null,
    string? OwnerId = null,
    ThreadMetadata? ThreadMetadata = null,
    ThreadMembership? Member = null);
