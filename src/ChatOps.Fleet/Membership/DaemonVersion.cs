namespace ChatOps.Fleet.Membership;

/// <summary>Whether a node's daemon is behind the gateway. Both ends understand a version apart; what is newer than the daemon works only after it was brought up to date.</summary>
internal static class DaemonVersion
{
    /// <summary>The gateway's own.</summary>
    public static Version Gateway { get; } = typeof(DaemonVersion).Assembly.GetName().Version!;

    /// <summary>What to do about a daemon, for people; <see langword="null"/> when it is as new as the gateway, or does not say what it is.</summary>
    public static string? Upgrade(string daemon) => IsOlder(daemon, Gateway)
        ? $"The daemon there is version {daemon}, the gateway {Gateway.ToString(Parts)}. Put the gateway's version on the machine and restart the daemon; its key, name and labels stay."
        : null;

    /// <summary>Whether a version is before another; what follows the numbers, as in <c>1.2.0-rc1</c>, does not count.</summary>
    internal static bool IsOlder(string daemon, Version gateway) =>
        Version.TryParse(daemon.Split('-', '+')[0], out var version) && Three(version) < Three(gateway);

    private const int Parts = 3;

    private static Version Three(Version version) => new(version.Major, version.Minor, Math.Max(0, version.Build));
}
