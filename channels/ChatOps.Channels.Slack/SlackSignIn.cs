using ChatOps.Channels.Slack.Client;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

/// <summary>Asks Slack who the bot is, until it says so.</summary>
internal sealed partial class SlackSignIn(SlackApi api, SlackHealth health, SlackTokens tokens, TimeProvider time, ILogger<SlackSignIn> logger)
{
    private static readonly SocketPauses Pauses = new(new SocketTimings { MaxPause = TimeSpan.FromMinutes(1) });

    /// <summary>Signs in.</summary>
    /// <exception cref="ChannelFatalException">The token is not good.</exception>
    public async Task<SlackAccount> SignInAsync(CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            _ = tokens.Bot.Current();
            var reply = await api.AuthTestAsync(cancellationToken);
            if (reply.Ok)
            {
                var account = new SlackAccount(reply.Text("team_id"), reply.Text("team"), reply.Text("user_id"), reply.Text("bot_id"));
                health.SignedIn(account);
                LogSignedIn(account.TeamName, account.Team, account.BotUser);
                return account;
            }

            if (reply.Status == SlackReplyStatus.Refused)
                throw new ChannelFatalException($"Slack does not take BotToken: {SlackErrors.Describe(reply.Error)}", SlackErrors.Remedy(reply.Error)) { Secrets = [tokens.Bot] };
            health.Disconnected("Slack cannot be asked who the bot is; it is tried again.");
            LogNoSignIn(reply.Error ?? "");
            await Task.Delay(reply.RetryAfter ?? Pauses.After(failures), time, cancellationToken);
        }
    }

    [LoggerMessage(3220, LogLevel.Information, "Signed in to Slack: {Team} ({TeamId}) as {BotUser}.")]
    private partial void LogSignedIn(string team, string teamId, string botUser);

    [LoggerMessage(3221, LogLevel.Warning, "Slack cannot be asked who the bot is: {Error}. It is tried again.")]
    private partial void LogNoSignIn(string error);
}
