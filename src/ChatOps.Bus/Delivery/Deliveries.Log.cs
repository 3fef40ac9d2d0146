using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

internal sealed partial class Deliveries
{
    [LoggerMessage(2020, LogLevel.Error, "Delivery to {Conversation} failed; the recovery sweep tries again.")]
    private partial void LogLoopFailed(Exception error, string conversation);

    [LoggerMessage(2026, LogLevel.Warning, "Delivery to {Conversation} waits for the store: {Reason}")]
    private partial void LogStoreAway(string conversation, string reason);
}
