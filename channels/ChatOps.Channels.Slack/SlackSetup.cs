using System.Collections.Frozen;
using ChatOps.Channels.Slack.Client;
using ChatOps.Diagnostics;
using ChatOps.Secrets;

namespace ChatOps.Channels.Slack;

/// <summary>What the channel needs, and whether Slack takes it: the bot token by <c>auth.test</c> and its scopes, the app token by asking for a socket.</summary>
internal sealed class SlackSetup(IEgress egress, TimeProvider time) : IChannelSetup
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Without these the channel does not work.</summary>
    private static readonly FrozenDictionary<string, string> Needed = new Dictionary<string, string>
    {
        ["chat:write"] = "the bot cannot answer",
        ["app_mentions:read"] = "mentions in channels are not heard",
        ["im:history"] = "direct messages are not heard",
        ["commands"] = "/chatops does not exist",
    }.ToFrozenDictionary();

    /// <summary>Without these something is missing.</summary>
    private static readonly FrozenDictionary<string, string> Wanted = new Dictionary<string, string>
    {
        ["channels:history"] = "answers in threads of public channels need a mention each time",
        ["groups:history"] = "answers in threads of private channels need a mention each time",
        ["files:write"] = "long outputs cannot be attached",
        ["files:read"] = "voice clips cannot be heard",
        ["users:read"] = "people are shown by their ids",
        ["channels:read"] = "channels are shown by their ids",
        ["im:write"] = "refusals cannot be sent directly where the bot is not in the channel",
    }.ToFrozenDictionary();

    public string Name => SlackChannel.ChannelName;

    public string Title => "Slack";

    public IReadOnlyList<ChannelSetupField> Fields { get; } =
    [
        new("BotToken", "Bot token (api.slack.com/apps, your app, OAuth & Permissions, Bot User OAuth Token, xoxb-…)", Secret: true, Required: true)
        {
            Problem = static text => text.StartsWith("xoxb-", StringComparison.Ordinal) ? null : "A bot token begins with xoxb-.",
        },
        new("AppToken", "App-level token for Socket Mode (Basic Information, App-Level Tokens, scope connections:write, xapp-…); empty for HTTP mode", Secret: true, Required: false)
        {
            Problem = static text => text.Length == 0 || text.StartsWith("xapp-", StringComparison.Ordinal) ? null : "An app-level token begins with xapp-.",
        },
        new("SigningSecret", "Signing secret for HTTP mode (Basic Information, App Credentials); empty for Socket Mode", Secret: true, Required: false)
        {
            Problem = static text => text.All(c => char.IsAsciiHexDigitLower(c) || c == ',') ? null : "A signing secret is 32 hexadecimal digits.",
        },
    ];

    public async Task<IReadOnlyList<ChannelFinding>> CheckAsync(IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        var options = new SlackOptions
        {
            BotToken = values.GetValueOrDefault("BotToken", ""),
            AppToken = values.GetValueOrDefault("AppToken", ""),
            SigningSecret = values.GetValueOrDefault("SigningSecret", ""),
            ApiBase = values.GetValueOrDefault("ApiBase", SlackOptions.DefaultApiBase),
            Mode = Enum.TryParse<SlackMode>(values.GetValueOrDefault("Mode", ""), ignoreCase: true, out var mode) ? mode
                : values.GetValueOrDefault("AppToken", "").Length == 0 && values.GetValueOrDefault("SigningSecret", "").Length > 0 ? SlackMode.Http : SlackMode.Socket,
        };
        try
        {
            options.Check();
        }
        catch (ArgumentException error)
        {
            return [new ChannelFinding("slack.settings", PartState.Failed, error.Message, "Give the value that is missing or wrong.")];
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            return await CheckAsync(options, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [new ChannelFinding("slack.unreachable", PartState.Failed, "Slack did not answer in time.", $"Check that this machine reaches {options.Root.Host}.")];
        }
    }

    private async Task<IReadOnlyList<ChannelFinding>> CheckAsync(SlackOptions options, CancellationToken cancellationToken)
    {
        using var http = new SlackHttp(egress, options);
        var given = new GivenSecrets();
        var tokens = new SlackTokens(new("BotToken", options.BotToken, given, time), new("AppToken", options.AppToken, given, time), new("SigningSecret", options.SigningSecret, given, time));
        var api = new SlackApi(http, tokens, new SlackDeadlines(time), new SlackHealth(options, time), options);
        var findings = new List<ChannelFinding>();
        var bot = await api.AuthTestAsync(cancellationToken);
        if (bot.Ok) findings.AddRange(Bot(bot));
        else findings.Add(Refused("slack.bot-token", "BotToken", bot, options));
        if (options.Mode == SlackMode.Http) return findings;
        var app = await api.ConnectionsOpenAsync(cancellationToken);
        if (!app.Ok) findings.Add(Refused("slack.app-token", "AppToken", app, options));
        else findings.Add(new ChannelFinding("slack.socket", PartState.Ok, "Slack gives the app a socket.", ""));
        return findings;
    }

    private static IEnumerable<ChannelFinding> Bot(SlackReply reply)
    {
        yield return new ChannelFinding("slack.account", PartState.Ok, $"The bot is {reply.Text("user")} ({reply.Text("user_id")}) in {reply.Text("team")} ({reply.Text("team_id")}).", "");
        if (reply.Text("bot_id").Length == 0)
            yield return new ChannelFinding("slack.not-a-bot", PartState.Failed, "The token is not a bot's.", "Use the Bot User OAuth Token (xoxb-…), not the user token.");
        if (reply.Scopes is not { } scopes) yield break;
        var has = scopes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        foreach (var (scope, without) in Needed.Where(s => !has.Contains(s.Key)).OrderBy(s => s.Key, StringComparer.Ordinal)) yield return Missing(scope, without, PartState.Failed);
        foreach (var (scope, without) in Wanted.Where(s => !has.Contains(s.Key)).OrderBy(s => s.Key, StringComparer.Ordinal)) yield return Missing(scope, without, PartState.Degraded);
    }

    private static ChannelFinding Missing(string scope, string without, PartState state) => new($"slack.scope-missing.{scope.Replace(':', '-')}", state,
        $"The bot lacks the scope {scope}: {without}.", $"Add {scope} under OAuth & Permissions, Bot Token Scopes, and reinstall the app.");

    private static ChannelFinding Refused(string id, string key, SlackReply reply, SlackOptions options) => SlackErrors.IsAuth(reply.Error)
        ? new(id, PartState.Failed, $"Slack does not take {key}: {SlackErrors.Describe(reply.Error)}", SlackErrors.Remedy(reply.Error))
        : reply.Status == SlackReplyStatus.Refused ? new(id, PartState.Failed, $"Slack does not take {key}: {SlackErrors.Describe(reply.Error)}", "Check the token and ApiBase.")
        : new("slack.unreachable", PartState.Failed, $"Slack at {options.Root.Host} cannot be asked: {reply.Error}", $"Check that this machine reaches {options.Root.Host}, and try again.");

    // The values are resolved already: one that looks like a reference is a value all the same.
    private sealed class GivenSecrets : ISecretReferences
    {
        public SecretResolution Resolve(string value) => SecretResolution.Found(value, isReference: false);
    }
}
