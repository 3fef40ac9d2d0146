using Microsoft.Extensions.Logging;

namespace ChatOps.Checks.Responses;

internal sealed partial class FindingWorker
{
    [LoggerMessage(6431, LogLevel.Error, "What is to be done about a finding broke off; it is tried again")]
    private partial void LogBroke(Exception error);
}
