namespace ChatOps.Channels.Discord;

/// <summary>How Discord reaches the gateway.</summary>
public enum DiscordMode
{
    /// <summary>A WebSocket that we open: messages, commands and buttons. Needs no public address.</summary>
    Gateway,

    /// <summary>Signed calls to <c>/webhooks/discord/interactions</c>: commands and buttons only, no messages.</summary>
    Http,
}
