namespace ChatOps.Jobs;

/// <summary>A job on one of its nodes.</summary>
/// <param name="Name">The node.</param>
/// <param name="Word">One of <see cref="Words"/>.</param>
/// <param name="ExitCode">The exit status, where there was one.</param>
/// <param name="Output">What it said: the newest while it runs, head and tail afterwards.</param>
/// <param name="OmittedBytes">What is missing of it in the middle.</param>
/// <param name="Duration">How long it ran, or runs already; null when it has not begun.</param>
/// <param name="Message">More for people; null for nothing.</param>
/// <param name="FileId">The file with its whole output; null when there is none.</param>
public sealed record JobNode(string Name, string Word, int? ExitCode, string Output, long OmittedBytes, TimeSpan? Duration, string? Message, string? FileId)
{
    /// <summary>All words, in the order of display: what needs a look first, what is still to come last.</summary>
    public static IReadOnlyList<string> Words { get; } =
        ["ok", "failed", "timed-out", "unreachable", "refused", "not-started", "unknown", JobCount.Running, JobCount.Waiting];

    /// <summary>Whether nothing more comes of it.</summary>
    public bool HasEnded => Word is not (JobCount.Running or JobCount.Waiting);
}
