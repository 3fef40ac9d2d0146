using Microsoft.Extensions.Logging;

namespace ChatOps.Storage.Engine;

internal sealed partial class SqlStore
{
    [LoggerMessage(1140, LogLevel.Warning, "The store was closed while {Count} writes still waited")]
    private static partial void LogNotDrained(ILogger logger, int count);
}
