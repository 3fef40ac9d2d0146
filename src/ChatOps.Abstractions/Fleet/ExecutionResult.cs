namespace ChatOps.Fleet;

/// <summary>How an execution ended and what it printed.</summary>
/// <param name="End">The end.</param>
/// <param name="ExitCode">The program's exit status; 128 + signal when killed; <see langword="null"/> when it never started or its end is unknown.</param>
/// <param name="Output">The kept output: head, and when <paramref name="OmittedBytes"/> is above zero a line saying so, then the tail. Not redacted yet.</param>
/// <param name="TotalBytes">All bytes printed.</param>
/// <param name="OmittedBytes">Bytes that <paramref name="Output"/> leaves out.</param>
/// <param name="FilePath">The file with the whole output up to its limit, when one was written.</param>
/// <param name="Duration">From start to end.</param>
/// <param name="Message">For ends other than an exit: what happened, for people.</param>
public sealed record ExecutionResult(
    ExecutionEnd End,
    int? ExitCode,
    string Output,
    long TotalBytes,
    long OmittedBytes,
    string? FilePath,
    TimeSpan Duration,
    string? Message)
{
    /// <summary>Whether it ran to its end with exit status zero.</summary>
    public bool Succeeded => End == ExecutionEnd.Exited && ExitCode == 0;
}
