using Microsoft.Extensions.Logging;

namespace ChatOps.Node.Execution;

internal sealed partial class LocalExecutor
{
    [LoggerMessage(7001, LogLevel.Error, "The execution {Id} failed inside the gateway")]
    private partial void FailedInside(Exception failure, string id);

    [LoggerMessage(7002, LogLevel.Error, "The register of executions could not be written for {Id}")]
    private partial void RegisterFailed(Exception failure, string id);
}
