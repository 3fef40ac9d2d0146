using Microsoft.Extensions.Logging;

namespace ChatOps.Scheduling.Engine;

internal sealed partial class Scheduler
{
    [LoggerMessage(EventId = 9111, Level = LogLevel.Warning, Message = "Schedules wait for the store: {Reason}")]
    private partial void LogStoreAway(string reason);

    [LoggerMessage(EventId = 9112, Level = LogLevel.Error, Message = "The scheduler met a fault of the gateway; it goes on.")]
    private partial void LogFault(Exception exception);
}
