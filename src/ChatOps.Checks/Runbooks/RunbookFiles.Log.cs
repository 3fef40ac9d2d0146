using Microsoft.Extensions.Logging;

namespace ChatOps.Checks.Runbooks;

internal sealed partial class RunbookFiles
{
    [LoggerMessage(6421, LogLevel.Warning, "{File}:{Line}: {Key}: {Reason}")]
    private partial void LogProblem(string file, int line, string key, string reason);
}
