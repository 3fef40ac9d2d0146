namespace ChatOps.Fleet;

/// <summary>Nodes that are reached by the system's OpenSSH client.</summary>
public sealed class SshOptions
{
    /// <summary>Shortest and longest time for a connection to be made.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) ConnectTimeoutRange = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));

    /// <summary>Fewest and most commands at once over one connection.</summary>
    public static readonly (int Min, int Max) MaxSessionsRange = (1, 64);

    /// <summary>Another configuration than the user's <c>~/.ssh/config</c>, as an absolute path; <see langword="null"/> (the default) is that one.</summary>
    public string? ConfigFile { get; set; }

    /// <summary>How long a connection may take to be made. 1 s to 2 min; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many commands run at once over one node's connection; more wait in order. 1 to 64; default 8: a server's MaxSessions is 10 unless it
    /// says otherwise, one of them keeps the connection warm and one is left to stop what runs.
    /// </summary>
    public int MaxSessions { get; set; } = 8;
}
