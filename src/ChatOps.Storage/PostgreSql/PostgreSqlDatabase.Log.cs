using Microsoft.Extensions.Logging;

namespace ChatOps.Storage.PostgreSql;

internal sealed partial class PostgreSqlDatabase
{
    [LoggerMessage(1150, LogLevel.Information, "PostgreSQL {Version} at {Place}")]
    private static partial void LogOpened(ILogger logger, string version, string place);

    [LoggerMessage(1151, LogLevel.Warning, "{Concern}")]
    private static partial void LogConcern(ILogger logger, string concern);
}
