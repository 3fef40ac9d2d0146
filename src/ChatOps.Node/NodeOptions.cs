namespace ChatOps.Node;

/// <summary>Bounds and places of one machine's executions and files.</summary>
public sealed record NodeOptions
{
    /// <summary>Where the register of executions is kept; created with mode 0700 when missing.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>The directory that the file area is bounded to; must exist when a file is asked for.</summary>
    public required string FilesRoot { get; init; }

    /// <summary>Executions at the same time; more wait in order. Default 64.</summary>
    public int MaxConcurrent { get; init; } = 64;

    /// <summary>Between the polite signal and the last one, on timeout and cancellation. Default 2 s.</summary>
    public TimeSpan KillGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the output must be silent, after the program's end, before what still holds it open is stopped. Default 500 ms.</summary>
    public TimeSpan DrainSilence { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long output is read after the program's end at most. Default 2 s.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between the polite signal and the last one for processes left behind. Default 300 ms.</summary>
    public TimeSpan LeftoverGrace { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long an execution's record is kept. Default 7 days.</summary>
    public TimeSpan RegisterAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a record is kept at least, however many there are: longer than any order to start is valid. Default 1 h.</summary>
    public TimeSpan RegisterMinAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many records are kept. Default 10,000.</summary>
    public int RegisterEntries { get; init; } = 10_000;

    /// <summary>
    /// Whether who waits for a result goes on where the execution ended, instead of on a thread of the pool: for a caller that only sends it away. Default no.
    /// </summary>
    internal bool ContinuesOnExecutionThread { get; init; }

    /// <summary>Whether processes that lose their parent become this process's (<see cref="Native.Orphans"/>), which shortens the look for what a command left behind. Default no.</summary>
    internal bool AdoptsOrphans { get; init; }

    /// <summary>Variables of this process that commands may see beyond the fixed ones, by exact name (such as <c>KUBECONFIG</c>). Default none.</summary>
    public IReadOnlyList<string> PassEnvironment { get; init; } = [];
}
