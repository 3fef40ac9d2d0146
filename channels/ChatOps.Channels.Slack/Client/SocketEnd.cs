namespace ChatOps.Channels.Slack.Client;

/// <summary>Why a socket needs a successor.</summary>
internal enum SocketEnd
{
    /// <summary>Slack asks for a fresh one and goes on with this one until it is there.</summary>
    Refresh,

    /// <summary>It is gone.</summary>
    Closed,

    /// <summary>The app has too many.</summary>
    TooMany,

    /// <summary>Socket Mode is switched off.</summary>
    LinkDisabled,
}
