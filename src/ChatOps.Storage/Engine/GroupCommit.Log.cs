using Microsoft.Extensions.Logging;

namespace ChatOps.Storage.Engine;

internal sealed partial class GroupCommit
{
    [LoggerMessage(1110, LogLevel.Error, "The store failed and refuses writes: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);

    [LoggerMessage(1111, LogLevel.Information, "The store works again")]
    private static partial void LogRecovered(ILogger logger);

    [LoggerMessage(1112, LogLevel.Warning, "The database could not be tidied up: {Reason}")]
    private static partial void LogCheckpointFailed(ILogger logger, string reason);
}
