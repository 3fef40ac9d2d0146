using Microsoft.Extensions.Logging;

namespace ChatOps.Storage.Sqlite;

internal sealed partial class SqliteOpening
{
    [LoggerMessage(1130, LogLevel.Information, "SQLite {Version} ({Source})")]
    private static partial void LogLibrary(ILogger logger, string version, string source);

    [LoggerMessage(1131, LogLevel.Information, "The gateway was not stopped in order the last time; the database was checked and is sound")]
    private static partial void LogChecked(ILogger logger);

    [LoggerMessage(1132, LogLevel.Information, "The gateway was not stopped in order the last time; the database has {Bytes} bytes, over {Limit} it is not checked at the start")]
    private static partial void LogCheckSkipped(ILogger logger, long bytes, long limit);
}
