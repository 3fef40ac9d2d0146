using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Turns;

internal sealed partial class WorkingMessage
{
    [LoggerMessage(4201, LogLevel.Warning, "The progress of {InboxId} is not shown: {Reason}")]
    private partial void LogNotPosted(string inboxId, string reason);
}
