using ChatOps.Diagnostics;
using ChatOps.Secrets;

namespace ChatOps.Channels.Discord;

/// <summary>What Discord needs to be configured, and whether it works: the token, the intent, the server.</summary>
internal sealed class DiscordSetup(IEgress egress, TimeProvider time) : IChannelSetup
{
    private const int MinToken = 50;

    public string Name => DiscordChannel.ChannelName;

    public string Title => "Discord";

    public IReadOnlyList<ChannelSetupField> Fields { get; } =
    [
        new("Token", "The bot's token (discord.com/developers/applications → your application → Bot → Reset Token)", Secret: true, Required: true)
        {
            Problem = text => text.Trim().Length < MinToken || text.Any(char.IsWhiteSpace) ? "A bot token has three parts with dots between them and more than 50 characters." : null,
        },
        new("GuildId", "The id of your server, so that the commands are there at once (User Settings → Advanced → Developer Mode, then right click on the server → Copy Server ID); empty for all servers", Secret: false, Required: false)
        {
            Problem = text => text.Trim().Length > 0 && !Snowflake.IsOne(text.Trim()) ? "A server's id is a number of about 18 digits." : null,
        },
    ];

    public async Task<IReadOnlyList<ChannelFinding>> CheckAsync(IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        var options = new DiscordOptions
        {
            Token = Value(values, "Token"), GuildId = Value(values, "GuildId"), ApplicationId = Value(values, "ApplicationId"), PublicKey = Value(values, "PublicKey"),
            ApiBase = Value(values, "ApiBase") is { Length: > 0 } root ? root : DiscordOptions.DefaultApiBase,
            Mode = Enum.TryParse<DiscordMode>(Value(values, "Mode"), ignoreCase: true, out var mode) ? mode : DiscordMode.Gateway,
        };
        var problems = options.Problems().Select(p => new ChannelFinding("discord.configuration", PartState.Failed, p, "Correct it in the section Channels:Discord.")).ToList();
        if (problems.Count > 0) return problems;
        using var http = new HttpMessageInvoker(egress.CreateHandler(options.Root));
        var token = new ChannelSecret("Channels:Discord:Token", options.Token, new Literal(), time);
        return await CheckAsync(options, new DiscordRest(new RestTransport(http, options.Root, token, new RateLimits(time), time)), cancellationToken);
    }

    private static async Task<IReadOnlyList<ChannelFinding>> CheckAsync(DiscordOptions options, DiscordRest rest, CancellationToken cancellationToken)
    {
        var findings = new List<ChannelFinding>();
        var me = await rest.MeAsync(cancellationToken);
        if (me.Status == RestStatus.TokenRejected)
            return [new("discord.token-rejected", PartState.Failed, "Discord does not accept the bot token.", "Reset it in the Developer Portal under Bot, and copy it whole.")];
        if (me.Read<DiscordUser>() is not { } user)
            return [new("discord.unreachable", PartState.Failed, me.Reason ?? "Discord's answer could not be read.", $"Check that {options.Root.Host} can be reached from here.")];
        findings.Add(new("discord.bot", PartState.Ok, $"The bot is {user.Username ?? user.Id}.", ""));

        if ((await rest.ApplicationAsync(cancellationToken)).Read<DiscordApplication>() is not { } application)
            findings.Add(new("discord.application", PartState.Degraded, "Discord does not say which application the bot belongs to.", "Try it again later."));
        else
            Check(application, options, findings);

        if (options.GuildId.Length > 0 && !(await rest.GuildAsync(options.GuildId, cancellationToken)).IsOk)
        {
            findings.Add(new("discord.not-in-server", PartState.Failed, $"The bot is not in the server {options.GuildId}.",
                "Invite it: Developer Portal → OAuth2 → URL Generator, scopes bot and applications.commands, permissions View Channels, Send Messages, Create Public Threads, Send Messages in Threads, Manage Threads, Attach Files, Read Message History."));
        }

        if (options.Mode == DiscordMode.Http && !Ed25519.IsAvailable)
            findings.Add(new("discord.openssl-missing", PartState.Failed, "Mode Http needs OpenSSL 3 (libcrypto.so.3).", "Install it, or set Mode to Gateway."));
        return findings;
    }

    private static void Check(DiscordApplication application, DiscordOptions options, List<ChannelFinding> findings)
    {
        if (options.ApplicationId.Length > 0 && options.ApplicationId != application.Id)
            findings.Add(new("discord.application-differs", PartState.Failed, $"The token belongs to the application {application.Id}, not to {options.ApplicationId}.", "Correct ApplicationId, or leave it empty."));
        if (options.Mode == DiscordMode.Gateway && !BotIdentity.MayReadContent(application.Flags))
        {
            findings.Add(new("discord.intent-missing", PartState.Degraded,
                "Message Content Intent is off: in servers the bot reads only messages that mention it, and voice notes come without their sound.",
                "Switch it on in the Developer Portal under Bot, Privileged Gateway Intents."));
        }
    }

    private static string Value(IReadOnlyDictionary<string, string> values, string key) => values.TryGetValue(key, out var value) ? value.Trim() : "";

    /// <summary>The values are resolved already.</summary>
    private sealed class Literal : ISecretReferences
    {
        public SecretResolution Resolve(string value) => SecretResolution.Found(value, isReference: false);
    }
}
