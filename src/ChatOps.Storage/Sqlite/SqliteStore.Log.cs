using Microsoft.Extensions.Logging;

namespace ChatOps.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    [LoggerMessage(1140, LogLevel.Warning, "The store was closed while {Count} writes still waited")]
    private static partial void LogNotDrained(ILogger logger, int count);
}
