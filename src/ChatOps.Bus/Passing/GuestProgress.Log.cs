using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

internal sealed partial class GuestProgress
{
    [LoggerMessage(2085, LogLevel.Debug, "A passing state of another gateway's work was not shown ({Kind}).")]
    private partial void LogLost(string kind);

    [LoggerMessage(2086, LogLevel.Warning, "The passing states of another gateway's work could not be ended in time ({Kind}).")]
    private partial void LogNotEnded(string kind);
}
