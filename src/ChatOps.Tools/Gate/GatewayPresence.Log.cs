namespace ChatOps.Tools.Gate;

internal sealed partial class GatewayPresence
{
    [LoggerMessage(1790, LogLevel.Warning, "The store could not be told that this gateway is alive: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(1791, LogLevel.Warning, "Another gateway took invocation {Invocation} over while this one stood still or was cut off. It goes on, is followed there, and is not waited for here any more")]
    private partial void LogTakenOver(string invocation);
}
