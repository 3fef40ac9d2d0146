namespace ChatOps.Channels.Discord;

/// <summary>A message.</summary>
internal sealed record DiscordMessage(
    string Id,
    string ChannelId,
    int Type,
    DiscordUser? Author = null,
    string? Content = null,
    int? Flags = null,
    string? GuildId = null,
    string? WebhookId = null,
    string? EditedTimestamp = null,
    DiscordMember? Member = null,
    IReadOnlyList<DiscordUser>? Mentions = null,
    IReadOnlyList<DiscordAttachment>? Attachments = null,
    MessageReference? MessageReference = null,
    ReferencedMessage? ReferencedMessage = null,
    IReadOnlyList<Component>? Components = null,
    InteractionMetadata? InteractionMetadata = null);
