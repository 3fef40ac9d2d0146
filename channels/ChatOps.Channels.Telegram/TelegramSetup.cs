using ChatOps.Channels.Telegram.Client;
using ChatOps.Diagnostics;

namespace ChatOps.Channels.Telegram;

/// <summary>What Telegram needs to be configured, and a check of it against the Bot API.</summary>
internal sealed class TelegramSetup(IEgress egress, TimeProvider time) : IChannelSetup
{
    private const string Token = "Token";
    private const string ApiBase = "ApiBase";
    private const string Mode = "Mode";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    public string Name => TelegramInbound.ChannelName;

    public string Title => "Telegram";

    public IReadOnlyList<ChannelSetupField> Fields { get; } =
    [
        new(Token, "The bot's token. In Telegram write /newbot to @BotFather; it answers with one.", Secret: true, Required: true)
        {
            Problem = value => TelegramToken.IsToken(value.Trim()) ? null : "A bot token is digits, a colon, and about 35 letters, such as 123456789:AAE….",
        },
    ];

    public async Task<IReadOnlyList<ChannelFinding>> CheckAsync(IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        var token = values.GetValueOrDefault(Token, "").Trim();
        if (!TelegramToken.IsToken(token))
            return [new("telegram.token-form", PartState.Failed, "The token does not have the form of a bot token.", "Copy the whole token from @BotFather (/mybots, API Token).")];
        if (!Uri.TryCreate(values.GetValueOrDefault(ApiBase) is { Length: > 0 } configured ? configured : TelegramOptions.DefaultApiBase.AbsoluteUri, UriKind.Absolute, out var root))
            return [new("telegram.api-base", PartState.Failed, "ApiBase is no address.", "Leave it out for Telegram's own servers, or write the root of your Bot API server.")];
        using var timeout = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var client = new TelegramClient(root, () => token, egress.CreateHandler(root), time);
        try
        {
            return await CheckAsync(client, string.Equals(values.GetValueOrDefault(Mode), nameof(TelegramMode.Webhook), StringComparison.OrdinalIgnoreCase), either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return [Unreachable("it did not answer in time.")];
        }
    }

    private static async Task<IReadOnlyList<ChannelFinding>> CheckAsync(TelegramClient client, bool webhook, CancellationToken cancellationToken)
    {
        var me = await client.GetMeAsync(cancellationToken);
        if (me.IsBadToken) return [new("telegram.token-refused", PartState.Failed, "Telegram does not accept the token: it was revoked, or is not complete.", "Take the token from @BotFather (/mybots, API Token).")];
        if (me.Result is not { } bot) return [Unreachable(me.Reason)];
        var findings = new List<ChannelFinding> { new("telegram.bot", PartState.Ok, $"The bot is @{bot.Username}.", "") };
        if (bot.CanReadAllGroupMessages is true)
        {
            findings.Add(new("telegram.privacy-off", PartState.Ok, "Privacy mode is off: in groups the bot is sent everything that is said. It takes only what is addressed to it.",
                "To be sent less, write /setprivacy to @BotFather and choose Enable; then remove the bot from its groups and add it again."));
        }
        else
        {
            findings.Add(new("telegram.privacy-on", PartState.Ok, "Privacy mode is on: in groups the bot hears commands, mentions and replies to it. That is enough.", ""));
        }

        if (bot.CanJoinGroups is false)
            findings.Add(new("telegram.no-groups", PartState.Degraded, "The bot cannot be added to groups.", "Write /setjoingroups to @BotFather and choose Enable, if it is to work in groups."));
        var info = await client.GetWebhookInfoAsync(cancellationToken);
        if (info.Result is { } found) findings.AddRange(Webhook(found, webhook));
        return findings;
    }

    private static IEnumerable<ChannelFinding> Webhook(TgWebhookInfo found, bool wanted)
    {
        if (!wanted && found.Url is { Length: > 0 } url)
        {
            yield return new("telegram.webhook-set", PartState.Degraded, $"A webhook is set for this bot ({(Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Host : "somewhere")}), and polling gets nothing while it is.",
                "End the program that uses it. If there is none any more, open https://api.telegram.org/bot<token>/deleteWebhook once with the bot's token in place of <token>; or set Channels:Telegram:Mode to Webhook.");
        }

        if (wanted && found.LastErrorMessage is { Length: > 0 } error)
            yield return new("telegram.webhook-failing", PartState.Degraded, $"Telegram could not deliver to the webhook lately: {error}", "Check that Gateway:PublicUrl is reachable from the internet over HTTPS on port 443, 80, 88 or 8443.");
    }

    private static ChannelFinding Unreachable(string why) =>
        new("telegram.unreachable", PartState.Failed, $"Telegram cannot be asked: {why}", "Check that this machine reaches the Bot API (https://api.telegram.org, or your ApiBase).");
}
