namespace ChatOps.Channels.Discord;

/// <summary>Which message a message answers or forwards.</summary>
internal sealed record MessageReference(
    string? MessageId = null,
    string? ChannelId = null,
    string? GuildId = null,
    int? Type = null,
    bool? FailIfNotExists = null);
