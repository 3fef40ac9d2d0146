using Microsoft.Extensions.Logging;

namespace ChatOps.Approvals.Pending;

internal sealed partial class ApprovalExpiry
{
    [LoggerMessage(4001, LogLevel.Warning, "Overdue approvals could not be settled; trying again: {Reason}")]
    private partial void LogStoreUnavailable(string reason);
}
