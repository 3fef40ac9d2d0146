using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

internal sealed partial class RecoveryService
{
    [LoggerMessage(2040, LogLevel.Warning, "The recovery sweep '{Sweep}' could not look: {Reason}")]
    private partial void LogStoreAway(string sweep, string reason);

    [LoggerMessage(2041, LogLevel.Error, "The recovery sweep '{Sweep}' failed; it is tried again at the next sweep.")]
    private partial void LogSweepFailed(Exception error, string sweep);
}
