using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

internal sealed partial class SlackChannel
{
    [LoggerMessage(3220, LogLevel.Information, "Signed in to Slack: {Team} ({TeamId}) as {BotUser}.")]
    private partial void LogSignedIn(string team, string teamId, string botUser);

    [LoggerMessage(3221, LogLevel.Warning, "Slack cannot be asked who the bot is: {Error}. It is tried again.")]
    private partial void LogNoSignIn(string error);

    [LoggerMessage(3222, LogLevel.Warning, "Progress could not be shown on Slack.")]
    private partial void LogProgressFailed(Exception error);
}
