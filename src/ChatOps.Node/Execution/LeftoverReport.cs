using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Node.Execution;

/// <summary>
/// Says at start which processes of earlier executions still run, as after a crash. They are not stopped: nobody knows any more what they are
/// in the middle of, and their outcome is reported as unknown.
/// </summary>
internal sealed partial class LeftoverReport(ILogger<LeftoverReport> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        foreach (var (process, id) in ProcessTree.Marked())
        {
            // Another gateway or daemon on this machine has what it runs under itself, and knows its end.
            if (!ProcessTree.HasExecutor(process))
                StillRunning(process, id);
        }
    }

    [LoggerMessage(7003, LogLevel.Warning, "Process {Process} of the earlier execution {Id} still runs; its outcome is unknown and it was left alone")]
    private partial void StillRunning(int process, string id);
}
