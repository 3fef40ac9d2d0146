using Microsoft.Extensions.Logging;

namespace ChatOps.Policy.Rules;

internal sealed partial class PolicySource
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "The policy file {File}, line {Line}, {Key}: {Reason}. The last good version stays in force.")]
    private partial void LogRefused(string file, int line, string key, string reason);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Information, Message = "The policy file {File} is in force, version {Version}.")]
    private partial void LogTaken(string file, string version);
}
