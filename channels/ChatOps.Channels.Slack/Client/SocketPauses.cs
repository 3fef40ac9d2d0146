namespace ChatOps.Channels.Slack.Client;

/// <summary>How long to wait before the next socket: longer with every failure, and never all gateways at the same time.</summary>
internal sealed class SocketPauses(SocketTimings timings)
{
    private const int MaxDoublings = 16;

    /// <summary>After so many failures in a row.</summary>
    public TimeSpan After(int failures)
    {
        var most = Math.Min(timings.MaxPause.TotalSeconds, timings.FirstPause.TotalSeconds * Math.Pow(2, Math.Clamp(failures - 1, 0, MaxDoublings)));
        return TimeSpan.FromSeconds(most * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    /// <summary>When the app has too many sockets: coming back at once is what fills them.</summary>
    public TimeSpan TooMany() => timings.TooMany * (1 + Random.Shared.NextDouble());
}
