using Microsoft.Extensions.Logging;

namespace ChatOps.Scheduling.Engine;

internal sealed partial class ScheduleRunner
{
    [LoggerMessage(EventId = 9101, Level = LogLevel.Error, Message = "The scheduled run {Run} failed with a fault of the gateway.")]
    private partial void LogFailed(Exception exception, string run);

    [LoggerMessage(EventId = 9102, Level = LogLevel.Warning, Message = "The end of the scheduled run {Run} cannot be written yet: {Reason}")]
    private partial void LogStoreAway(string run, string reason);
}
