using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

internal sealed partial class SlackIntake
{
    [LoggerMessage(3201, LogLevel.Debug, "Something of Slack ({Kind}) was dropped: {Reason}.")]
    private partial void LogDropped(SlackKind kind, string reason);

    [LoggerMessage(3202, LogLevel.Information, "Slack did not open the window that asks for a reason ({Error}); the press counts without one.")]
    private partial void LogNoModal(string error);
}
