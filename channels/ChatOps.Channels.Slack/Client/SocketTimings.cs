namespace ChatOps.Channels.Slack.Client;

/// <summary>The limits of a socket.</summary>
internal sealed record SocketTimings
{
    /// <summary>From connecting to <c>hello</c>.</summary>
    public TimeSpan Hello { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a ping is sent.</summary>
    public TimeSpan Ping { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer to it may take before the socket counts as dead.</summary>
    public TimeSpan Pong { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a replaced socket is still read.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The closing handshake.</summary>
    public TimeSpan Close { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The first pause after a failure; it doubles.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The least pause when there are too many sockets; as much again at random.</summary>
    public TimeSpan TooMany { get; init; } = TimeSpan.FromSeconds(15);
}
