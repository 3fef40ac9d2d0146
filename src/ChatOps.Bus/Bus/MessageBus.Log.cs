using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

internal sealed partial class MessageBus
{
    [LoggerMessage(2001, LogLevel.Warning, "Dropped a wake-up ({Message}): {Limit} are waiting. The recovery sweep finds its work later.")]
    private partial void LogDropped(string message, int limit);

    [LoggerMessage(2002, LogLevel.Critical, "The message bus did not start. Messages are accepted, and nothing works on them: restart the gateway.")]
    private partial void LogStartFailed(Exception error);
}
