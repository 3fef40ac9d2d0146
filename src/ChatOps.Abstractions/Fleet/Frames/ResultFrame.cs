namespace ChatOps.Fleet.Frames;

/// <summary>Node → gateway: how an execution ended. Comes after the output that was to be streamed.</summary>
/// <param name="Id">The execution.</param>
/// <param name="End">How.</param>
/// <param name="ExitCode">As in <see cref="ExecutionResult"/>.</param>
/// <param name="Output">Head and tail.</param>
/// <param name="TotalBytes">All bytes printed.</param>
/// <param name="OmittedBytes">Bytes that <paramref name="Output"/> leaves out.</param>
/// <param name="StreamedBytes">Bytes from the beginning that were kept for streaming; fewer than the plan allows when the node's disk was full or the daemon was restarted.</param>
/// <param name="DurationMilliseconds">From start to end.</param>
/// <param name="Message">For ends other than an exit.</param>
public sealed record ResultFrame(
    string Id,
    ExecutionEnd End,
    int? ExitCode,
    string Output,
    long TotalBytes,
    long OmittedBytes,
    long StreamedBytes,
    double DurationMilliseconds,
    string? Message = null) : Frame;
