using Microsoft.Extensions.Logging;

namespace ChatOps.Storage.Engine;

internal sealed partial class AfterCommitPublisher
{
    [LoggerMessage(1100, LogLevel.Warning, "A message could not be published after its commit; recovery will find the work")]
    private static partial void LogFailed(ILogger logger, Exception error);

    [LoggerMessage(1101, LogLevel.Warning, "Too many messages wait to be published; one was dropped, recovery will find the work")]
    private static partial void LogDropped(ILogger logger);
}
