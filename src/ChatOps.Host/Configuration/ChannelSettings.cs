using ChatOps.Channels.Discord;
using ChatOps.Channels.Slack;
using ChatOps.Channels.Telegram;

namespace ChatOps.Host;

/// <summary>The settings of the platforms' channels, and what they may reach.</summary>
internal static class ChannelSettings
{
    private const string AsReference = " Best as a reference: ${env:NAME} or ${file:PATH}; a rotated one is then used without a restart.";

    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        SettingForms.Flag("Channels:Telegram:Enabled", "Whether the Telegram channel runs.", (o, v) => o.Telegram.Enabled = v, o => o.Telegram.Enabled),
        SettingForms.Secret("Channels:Telegram:Token", "The bot's token from @BotFather." + AsReference, (o, v) => o.Telegram.Token = v, o => o.Telegram.Token),
        SettingForms.Text("Channels:Telegram:ApiBase", "The root of the Bot API; another one for a Bot API server of your own.",
            CheckHttp, (o, v) => o.Telegram.ApiBase = new Uri(v), o => o.Telegram.ApiBase.OriginalString),
        SettingForms.Choice("Channels:Telegram:Mode", "How updates come in: Polling needs no address of yours, Webhook needs Gateway:PublicUrl.", Enum.GetNames<TelegramMode>(), [],
            (o, v) => o.Telegram.Mode = Enum.Parse<TelegramMode>(v), o => o.Telegram.Mode.ToString()),
        SettingForms.Secret("Channels:Telegram:WebhookSecret", "What Telegram's calls prove themselves with in webhook mode: 16 to 256 of A-Z, a-z, 0-9, _ and -." + AsReference,
            (o, v) => o.Telegram.WebhookSecret = v, o => o.Telegram.WebhookSecret),
        SettingForms.Text("Channels:Telegram:LocalFiles", "The directory of a Bot API server that runs with --local on this machine: files are read there.",
            value => Path.IsPathFullyQualified(value) ? null : "must be an absolute path.", (o, v) => o.Telegram.LocalFiles = v, o => o.Telegram.LocalFiles),
        SettingForms.Duration("Channels:Telegram:PollTimeout", "How long one question for updates waits at Telegram: 1s to 50s. Shorter where something on the way cuts quiet connections.",
            TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(50), (o, v) => o.Telegram.PollTimeout = v, o => o.Telegram.PollTimeout),
        SettingForms.Duration("Channels:Telegram:ConflictDelay", "How long polling rests when another program polls with the same token: 1s to 10m.",
            TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), (o, v) => o.Telegram.ConflictDelay = v, o => o.Telegram.ConflictDelay),
        SettingForms.Flag("Channels:Slack:Enabled", "Whether the Slack channel runs.", (o, v) => o.Slack.Enabled = v, o => o.Slack.Enabled),
        SettingForms.Secret("Channels:Slack:BotToken", "The bot token (xoxb-…)." + AsReference, (o, v) => o.Slack.BotToken = v, o => o.Slack.BotToken),
        SettingForms.Secret("Channels:Slack:AppToken", "The app-level token (xapp-…) with connections:write, for Mode Socket." + AsReference, (o, v) => o.Slack.AppToken = v, o => o.Slack.AppToken),
        SettingForms.Secret("Channels:Slack:SigningSecret", "The app's signing secret, for Mode Http; two separated by a comma while it is rotated." + AsReference,
            (o, v) => o.Slack.SigningSecret = v, o => o.Slack.SigningSecret),
        SettingForms.Text("Channels:Slack:ApiBase", "The root of Slack's Web API.", CheckHttp, (o, v) => o.Slack.ApiBase = v, o => o.Slack.ApiBase),
        SettingForms.Choice("Channels:Slack:Mode", "How events come in: Socket needs no address of yours, Http needs Gateway:PublicUrl and SigningSecret.", Enum.GetNames<SlackMode>(), [],
            (o, v) => o.Slack.Mode = Enum.Parse<SlackMode>(v), o => o.Slack.Mode.ToString()),
        SettingForms.Number("Channels:Slack:OtherConnections", "How many Socket Mode connections of this app other gateways hold; more than expected raises an alarm, because each receives a share of the events.", 0, 9,
            (o, v) => o.Slack.OtherConnections = v, o => o.Slack.OtherConnections),
        SettingForms.Flag("Channels:Discord:Enabled", "Whether the Discord channel runs.", (o, v) => o.Discord.Enabled = v, o => o.Discord.Enabled),
        SettingForms.Secret("Channels:Discord:Token", "The bot's token (Developer Portal, Bot, Reset Token)." + AsReference, (o, v) => o.Discord.Token = v, o => o.Discord.Token),
        SettingForms.Text("Channels:Discord:ApplicationId", "The application's id; asked from Discord when it is not given.", CheckNumber, (o, v) => o.Discord.ApplicationId = v, o => Given(o.Discord.ApplicationId)),
        SettingForms.Text("Channels:Discord:PublicKey", "The application's public key, for Mode Http: 64 hexadecimal digits.",
            value => value.Length == 64 && value.All(char.IsAsciiHexDigit) ? null : "must be 64 hexadecimal digits.", (o, v) => o.Discord.PublicKey = v, o => Given(o.Discord.PublicKey)),
        SettingForms.Text("Channels:Discord:ApiBase", "The root of Discord's API.", CheckHttp, (o, v) => o.Discord.ApiBase = v, o => o.Discord.ApiBase),
        SettingForms.Text("Channels:Discord:GatewayUrl", "The address of the Gateway; asked from Discord when it is not given.",
            value => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "ws" or "wss" ? null : "must be a ws or wss address.", (o, v) => o.Discord.GatewayUrl = v, o => Given(o.Discord.GatewayUrl)),
        SettingForms.Choice("Channels:Discord:Mode", "How events come in: Gateway needs no address of yours; Http takes only commands and buttons, and needs PublicKey and Gateway:PublicUrl.", Enum.GetNames<DiscordMode>(), [],
            (o, v) => o.Discord.Mode = Enum.Parse<DiscordMode>(v), o => o.Discord.Mode.ToString()),
        SettingForms.Text("Channels:Discord:GuildId", "The one server in which the commands are registered, at once; without it everywhere.", CheckNumber, (o, v) => o.Discord.GuildId = v, o => Given(o.Discord.GuildId)),
        SettingForms.Duration("Channels:Discord:ThreadAfter", "A task in a server's channel that has not answered after so long goes on in a thread: 1s to 1m.",
            TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), (o, v) => o.Discord.ThreadAfter = v, o => o.Discord.ThreadAfter),
        SettingForms.Number("Channels:Discord:MaxUploadBytes", "The largest file that is uploaded, in bytes; servers with boosts take more than 10 MiB.", 1024, 500 * 1024 * 1024,
            (o, v) => o.Discord.MaxUploadBytes = v, o => (int)o.Discord.MaxUploadBytes),
        SettingForms.List("Egress:Allow", "Exceptions to the rule that no download reaches loopback, private or link-local addresses: hosts, host:port, addresses, networks.", EgressOptions.MaxRules,
            value => EgressRule.TryParse(value, out _) ? null : "is no host, host:port, address or network.", (o, v) => o.Egress.Allow = v, o => o.Egress.Allow),
    ];

    private static string? CheckHttp(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? null : "must be an http or https address.";

    private static string? CheckNumber(string value) => value.Length is > 0 and <= 20 && value.All(char.IsAsciiDigit) ? null : "must be a number.";

    private static string? Given(string value) => value.Length == 0 ? null : value;
}
