using System.Globalization;

namespace ChatOps.Channels.Discord;

/// <summary>Discord's configuration and bounds.</summary>
public sealed class DiscordOptions
{
    /// <summary>Discord's own root.</summary>
    public const string DefaultApiBase = "https://discord.com/api/v10";

    private const int PublicKeyLength = 64;

    /// <summary>Whether the channel is used. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>The bot token, or a reference to it.</summary>
    public string Token { get; set; } = "";

    /// <summary>The application's id; asked from Discord when empty.</summary>
    public string ApplicationId { get; set; } = "";

    /// <summary>The application's public key, 64 hexadecimal digits. Needed by <see cref="DiscordMode.Http"/>.</summary>
    public string PublicKey { get; set; } = "";

    /// <summary>The root of the REST API.</summary>
    public string ApiBase { get; set; } = DefaultApiBase;

    /// <summary>The gateway's address; asked from Discord when empty.</summary>
    public string GatewayUrl { get; set; } = "";

    /// <summary>How Discord reaches us. Default <see cref="DiscordMode.Gateway"/>.</summary>
    public DiscordMode Mode { get; set; } = DiscordMode.Gateway;

    /// <summary>The server whose members see the commands at once; empty registers them everywhere.</summary>
    public string GuildId { get; set; } = "";

    /// <summary>A task in a server's channel that has not answered after so long goes on in a thread. 1 s to 1 min, default 4 s.</summary>
    public TimeSpan ThreadAfter { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>The least time between two passing states of one message. No setting changes it.</summary>
    internal TimeSpan ProgressInterval { get; set; } = TimeSpan.FromMilliseconds(1200);

    /// <summary>Largest file that is uploaded, in bytes. 1 KiB to 500 MiB, default 10 MiB, which every server takes.</summary>
    public long MaxUploadBytes { get; set; } = 10L * 1024 * 1024;

    internal Uri Root => new(ApiBase.TrimEnd('/') + "/", UriKind.Absolute);

    internal Uri GatewayRoot => GatewayUrl.Length > 0 ? new Uri(GatewayUrl, UriKind.Absolute) : Root;

    /// <summary>What is wrong, for people; empty when nothing.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Token.Length == 0) yield return "Token is empty: put the bot's token there (Developer Portal → Bot → Reset Token), best as ${env:NAME} or ${file:PATH}.";
        if (ApplicationId.Length > 0 && !Snowflake.IsOne(ApplicationId)) yield return "ApplicationId must be a number (Developer Portal → General Information → Application ID).";
        if (GuildId.Length > 0 && !Snowflake.IsOne(GuildId)) yield return "GuildId must be a number (right click on the server → Copy Server ID, with Developer Mode on).";
        if (!Uri.TryCreate(ApiBase, UriKind.Absolute, out var root) || root.Scheme is not ("http" or "https")) yield return "ApiBase must be an http or https address.";
        if (GatewayUrl.Length > 0 && (!Uri.TryCreate(GatewayUrl, UriKind.Absolute, out var gateway) || gateway.Scheme is not ("ws" or "wss")))
            yield return "GatewayUrl must be a ws or wss address, or empty.";
        if (Mode == DiscordMode.Http && !IsKey(PublicKey))
            yield return "Mode Http needs PublicKey: 64 hexadecimal digits (Developer Portal → General Information → Public Key).";
        if (ThreadAfter < TimeSpan.FromSeconds(1) || ThreadAfter > TimeSpan.FromMinutes(1)) yield return "ThreadAfter must be from 1 second to 1 minute.";
        if (MaxUploadBytes is < 1024 or > 500L * 1024 * 1024) yield return "MaxUploadBytes must be from 1 KiB to 500 MiB.";
    }

    internal void Check()
    {
        if (string.Join(' ', Problems()) is { Length: > 0 } problems) throw new ArgumentException($"Channels:Discord: {problems}", nameof(DiscordOptions));
    }

    internal static bool IsKey(string text) =>
        text.Length == PublicKeyLength && text.All(char.IsAsciiHexDigit) && UInt128.TryParse(text.AsSpan(0, 32), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _);
}
