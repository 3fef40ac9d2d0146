using Microsoft.Extensions.Logging;

namespace ChatOps.Fleet.Ssh;

internal sealed partial class SshLinks
{
    [LoggerMessage(8011, LogLevel.Information, "{Node} is connected by ssh")]
    private partial void LogUp(string node);

    [LoggerMessage(8012, LogLevel.Warning, "{Node} is not connected by ssh: {Reason}")]
    private partial void LogDown(string node, string reason);

    [LoggerMessage(8013, LogLevel.Warning, "What became of an ssh connection could not be noted: {Reason}")]
    private partial void LogStore(string reason);
}
