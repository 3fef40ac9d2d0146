namespace ChatOps.Tools.Gate;

internal sealed partial class GatewayPresence
{
    [LoggerMessage(1790, LogLevel.Warning, "The store could not be told that this gateway is alive: {Reason}")]
    private partial void LogAway(string reason);
}
