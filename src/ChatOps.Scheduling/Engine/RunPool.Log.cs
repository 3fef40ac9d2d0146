using Microsoft.Extensions.Logging;

namespace ChatOps.Scheduling.Engine;

internal sealed partial class RunPool
{
    [LoggerMessage(EventId = 9113, Level = LogLevel.Warning, Message = "{Count} scheduled runs were not over when the gateway stopped; the next start finds them.")]
    private partial void LogLeft(int count);

    [LoggerMessage(EventId = 9114, Level = LogLevel.Error, Message = "The scheduled run {Run} met a fault of the gateway.")]
    private partial void LogFault(Exception exception, string run);
}
