namespace ChatOps.Console;

/// <summary>Settings and bounds of the web console.</summary>
public sealed record ConsoleOptions
{
    /// <summary>Whether its pages are served at all. Default true.</summary>
    public bool Served { get; init; } = true;

    /// <summary>The address under which people reach the console from outside, such as <c>https://chatops.example.org</c>; null: loopback only.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>How long a sign-in link works. Single use. Default 10 minutes.</summary>
    public TimeSpan SignInLinkLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A session ends after so long without a request. Default 12 hours.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A session ends after so long in any case. Default 7 days.</summary>
    public TimeSpan SessionMax { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Failed sign-ins that one address may have in <see cref="SignInWindow"/> before it has to wait. Default 10.</summary>
    public int SignInFailures { get; init; } = 10;

    /// <summary>Failed sign-ins of all addresses together in <see cref="SignInWindow"/>. Default 100.</summary>
    public int SignInFailuresInAll { get; init; } = 100;

    /// <summary>The window of the two limits above. Default 1 minute.</summary>
    public TimeSpan SignInWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Largest accepted request body, in bytes. Default 512 KiB: the longest message, escaped as JSON.</summary>
    public int MaxBodyBytes { get; init; } = 512 * 1024;

    /// <summary>Live connections that one person may hold. Default 24.</summary>
    public int MaxSocketsPerPerson { get; init; } = 24;

    /// <summary>How often a live connection looks for approvals and running work, and whether its session still holds. Default 1 second.</summary>
    public TimeSpan Pulse { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A live connection that takes longer than this to accept a message is closed; the browser comes back by itself. Default 10 seconds.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Messages of a conversation that a page shows at first and loads at a time. Default 50.</summary>
    public int TimelinePage { get; init; } = 50;
}
