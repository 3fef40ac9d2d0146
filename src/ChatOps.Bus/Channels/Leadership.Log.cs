using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

internal sealed partial class Leadership
{
    [LoggerMessage(2060, LogLevel.Warning, "This gateway leads '{Name}' no longer; it goes on when it leads again.")]
    private partial void LogLost(string name);

    [LoggerMessage(2061, LogLevel.Warning, "Who leads '{Name}' cannot be found out: {Reason}")]
    private partial void LogStoreAway(string name, string reason);

    [LoggerMessage(2062, LogLevel.Information, "The lead of '{Name}' could not be given back; it runs out by itself.")]
    private partial void LogNotReleased(string name);
}
