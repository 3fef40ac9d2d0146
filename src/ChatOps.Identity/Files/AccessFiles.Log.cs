using Microsoft.Extensions.Logging;

namespace ChatOps.Identity.Files;

internal sealed partial class AccessFiles
{
    [LoggerMessage(1, LogLevel.Information, "Access rules reloaded: {People} people, {Roles} roles")]
    private partial void LogReloaded(int people, int roles);

    [LoggerMessage(2, LogLevel.Warning, "{File}:{Line}: {Key}: {Reason} The last good version stays in force")]
    private partial void LogKept(string file, int line, string key, string reason);

    [LoggerMessage(3, LogLevel.Information, "Nobody had the role admin: made '{Person}' the owner in {File}")]
    private partial void LogOwnerMade(string person, string file);
}
