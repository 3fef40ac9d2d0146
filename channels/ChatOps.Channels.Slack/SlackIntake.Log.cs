using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

internal sealed partial class SlackIntake
{
    [LoggerMessage(3202, LogLevel.Information, "Slack did not open the window that asks for a reason ({Error}); the press counts without one.")]
    private partial void LogNoModal(string error);
}
