using System.Security.Cryptography;
using System.Text;
using ChatOps.Channels.Telegram.Client;
using ChatOps.Diagnostics;

namespace ChatOps.Channels.Telegram;

/// <summary>
/// Where Telegram calls in webhook mode. The path cannot be guessed, and each call proves itself with the secret, which is compared before anything of the body is read.
/// </summary>
internal sealed class TelegramWebhook(TelegramLink link, TelegramReceiver receiver, ChannelSecret secret) : IWebhook
{
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";
    private const string PathPrefix = "telegram/";
    private const int PathLength = 32;
    private const int MinSecret = 16;
    private const int MaxSecret = 256;
    private const string Remedy = "Set Channels:Telegram:WebhookSecret to 16 to 256 letters, digits, underscores or dashes, such as what 'openssl rand -hex 32' prints.";

    private static readonly WebhookAnswer Unauthorized = new(401);
    private static readonly WebhookAnswer NotAnUpdate = new(400);
    private static readonly WebhookAnswer WrongMethod = new(405);
    private static readonly WebhookAnswer NotNow = new(503);

    private volatile TgUser? me;
    private volatile byte[]? previous;
    private volatile byte[]? current;

    /// <summary>The secret's source.</summary>
    public ChannelSecret Secret => secret;

    // Fixed while the process runs, because the host maps it once.
    public string Path { get; } = PathPrefix + Unguessable(link.Token);

    /// <summary>Telegram may call now; calls before find nobody.</summary>
    public void Open(TgUser bot) => me = bot;

    /// <summary>No calls are taken any more.</summary>
    public void Close() => me = null;

    /// <summary>Takes the configured secret into use; the one before stays good until <see cref="Settle"/>.</summary>
    /// <exception cref="ChannelFatalException">It is not one that Telegram takes.</exception>
    public string Take()
    {
        var value = secret.Current();
        if (value.Length is < MinSecret or > MaxSecret || value.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-')))
            throw new ChannelFatalException("The webhook's secret is too short, too long, or holds other characters than Telegram allows", Remedy) { Secrets = [secret] };
        var bytes = Hash(value);
        if (current is { } old && !old.AsSpan().SequenceEqual(bytes)) previous = old;
        current = bytes;
        return value;
    }

    /// <summary>Telegram uses the newest secret: the one before is no longer good.</summary>
    public void Settle() => previous = null;

    public async Task<WebhookAnswer> ReceiveAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        if (!IsTelegram(request)) return Unauthorized;
        if (request.Method != "POST") return WrongMethod;
        if (me is not { } bot) return NotNow;
        if (TgUpdates.Read(request.Body) is not { } update) return NotAnUpdate;
        if (await receiver.ReceiveAsync(update, bot, cancellationToken))
        {
            link.Health.Connected();
            return WebhookAnswer.Ok;
        }

        link.Health.Trouble(PartState.Degraded, "Messages cannot be stored now; Telegram keeps them, and delivers them again.");
        return NotNow;
    }

    private bool IsTelegram(WebhookRequest request)
    {
        if (!request.Headers.TryGetValue(SecretHeader, out var given) || given.Length > MaxSecret) return false;
        var hash = Hash(given);
        var fits = current is { } now && CryptographicOperations.FixedTimeEquals(hash, now);
        return fits | (previous is { } before && CryptographicOperations.FixedTimeEquals(hash, before));
    }

    // Made from the bot's own token, so that replicas agree, and that nobody without the token can know it. Without a token nothing is called either.
    private static string Unguessable(TelegramToken token)
    {
        try
        {
            return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token.Value), "webhook path"u8))[..PathLength];
        }
        catch (ChannelFatalException)
        {
            return RandomNumberGenerator.GetHexString(PathLength, lowercase: true);
        }
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
