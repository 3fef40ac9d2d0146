using Microsoft.Extensions.Logging;

namespace ChatOps.Audit.Checkpoints;

internal sealed partial class CheckpointService
{
    [LoggerMessage(1200, LogLevel.Information, "The newest {Records} of {Head} audit records hold")]
    private static partial void LogIntact(ILogger logger, long records, long head);

    [LoggerMessage(1201, LogLevel.Critical, "THE AUDIT RECORD DOES NOT HOLD: {Problem} Run 'chatops audit verify', keep a copy of the data directory and find out who changed it")]
    private static partial void LogBroken(ILogger logger, string problem);

    [LoggerMessage(1202, LogLevel.Error, "The audit checkpoint could not be written: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string reason);

    [LoggerMessage(1203, LogLevel.Information, "Audit checkpoint: record {Sequence} with hash {Hash}")]
    private static partial void LogCheckpoint(ILogger logger, long sequence, string hash);
}
