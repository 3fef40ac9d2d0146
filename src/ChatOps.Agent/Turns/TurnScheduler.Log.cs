using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Turns;

internal sealed partial class TurnScheduler
{
    [LoggerMessage(4221, LogLevel.Information, "Stopping: {Count} conversations are being worked on and get up to {DrainTime}")]
    private partial void LogDraining(int count, TimeSpan drainTime);

    [LoggerMessage(4222, LogLevel.Warning, "Stopping: {Count} conversations did not end in time; they are cancelled and taken up again at the next start")]
    private partial void LogCancelling(int count);
}
