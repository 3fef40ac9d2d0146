using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

internal sealed partial class DeadMessages
{
    [LoggerMessage(2024, LogLevel.Error, "A message of the queue {Queue} was put aside in {Dead}: {Reason} Its work is in the store, where the recovery sweep finds it.")]
    private partial void LogPutAside(string queue, string dead, string reason);

    [LoggerMessage(2026, LogLevel.Warning, "A message of the queue {Queue} was not taken by {Dead} ({Trouble}), and goes back to its queue. It was to be put aside: {Reason}")]
    private partial void LogNotPutAside(string queue, string dead, string reason, string trouble);
}
