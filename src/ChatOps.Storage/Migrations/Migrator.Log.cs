using Microsoft.Extensions.Logging;

namespace ChatOps.Storage.Migrations;

internal sealed partial class Migrator
{
    [LoggerMessage(1120, LogLevel.Information, "The database schema is now at {Version} ({Name})")]
    private static partial void LogApplied(ILogger logger, int version, string name);
}
