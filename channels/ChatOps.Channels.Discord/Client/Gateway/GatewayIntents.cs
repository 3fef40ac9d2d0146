namespace ChatOps.Channels.Discord;

/// <summary>Which events are asked for.</summary>
[Flags]
internal enum GatewayIntents
{
    None = 0,

    /// <summary>Channels and threads.</summary>
    Guilds = 1 << 0,

    /// <summary>Messages in servers.</summary>
    GuildMessages = 1 << 9,

    /// <summary>Direct messages.</summary>
    DirectMessages = 1 << 12,

    /// <summary>The content of messages that do not mention the bot. Privileged: it must be switched on in the Developer Portal.</summary>
    MessageContent = 1 << 15,
}
