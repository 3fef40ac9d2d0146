using Microsoft.Extensions.Logging;

namespace ChatOps.Checks.Running;

internal sealed partial class CheckLoop
{
    [LoggerMessage(6411, LogLevel.Error, "A look at checks broke off; it is tried again when it is due")]
    private partial void LogBroke(Exception error);
}
