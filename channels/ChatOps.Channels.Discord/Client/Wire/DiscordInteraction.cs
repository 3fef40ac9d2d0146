namespace ChatOps.Channels.Discord;

/// <summary>Somebody used a command, pressed a button, sent a modal or types an option.</summary>
internal sealed record DiscordInteraction(
    string Id,
    string ApplicationId,
    int Type,
    string Token,
    InteractionData? Data = null,
    string? GuildId = null,
    string? ChannelId = null,
    DiscordChannelInfo? Channel = null,
    DiscordMember? Member = null,
    DiscordUser? User = null,
    DiscordMessage? Message = null);
