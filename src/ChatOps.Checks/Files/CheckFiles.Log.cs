using Microsoft.Extensions.Logging;

namespace ChatOps.Checks.Files;

internal sealed partial class CheckFiles
{
    [LoggerMessage(6401, LogLevel.Warning, "{File}:{Line}: {Key}: {Reason}")]
    private partial void LogProblem(string file, int line, string key, string reason);

    [LoggerMessage(6402, LogLevel.Information, "Checks were read: {Checks} hold, {Problems} problems")]
    private partial void LogRead(int checks, int problems);
}
