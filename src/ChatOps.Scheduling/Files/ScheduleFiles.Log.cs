using Microsoft.Extensions.Logging;

namespace ChatOps.Scheduling.Files;

internal sealed partial class ScheduleFiles
{
    [LoggerMessage(EventId = 9121, Level = LogLevel.Warning, Message = "A schedule is not taken: {Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(EventId = 9122, Level = LogLevel.Warning, Message = "Schedules cannot be taken from the files yet: {Reason}")]
    private partial void LogStoreAway(string reason);

    [LoggerMessage(EventId = 9123, Level = LogLevel.Warning, Message = "The file {File} cannot be read: {Reason}")]
    private partial void LogUnread(string file, string reason);
}
