using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Discord;

internal sealed partial class GatewayClient
{
    [LoggerMessage(3401, LogLevel.Information, "{Reason} Connects again in {Pause}; the session can be resumed: {Resumable}.")]
    private partial void LogEnded(string reason, bool resumable, TimeSpan pause);

    [LoggerMessage(3402, LogLevel.Information, "Discord's token has changed; the gateway connects with the new one.")]
    private partial void LogRotated();

    [LoggerMessage(3403, LogLevel.Warning, "Discord's gateway session could not be written down; events may come twice after the next start, and are taken once.")]
    private partial void LogNotRemembered();

    [LoggerMessage(3404, LogLevel.Warning, "The bot has begun too many gateway sessions today. It waits {Wait}, so that Discord does not reset its token.")]
    private partial void LogBudget(TimeSpan wait);
}
