using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Channels.Slack.Http;

/// <summary>
/// Whether a call comes from Slack: HMAC-SHA256 over <c>v0:{timestamp}:{raw body}</c>, compared in constant time, with every secret that is configured (two while they are
/// rotated). Looks at nothing but the two headers and the raw bytes, and never throws for any of them.
/// </summary>
internal sealed class SlackSignature(ChannelSecret secret, TimeProvider time)
{
    /// <summary>How old, or how far ahead, a call may be.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Most secrets at once.</summary>
    public const int MaxSecrets = 2;

    private const string Version = "v0=";
    private const int MaxTimestamp = 12;

    /// <summary>Checks a call.</summary>
    /// <param name="headers">Its headers.</param>
    /// <param name="body">Its raw body.</param>
    /// <returns>The signature's bytes, or null when it is not Slack's.</returns>
    public byte[]? Verify(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body)
    {
        var stamp = Header(headers, "x-slack-request-timestamp");
        var given = Header(headers, "x-slack-signature");
        if (stamp.Length is 0 or > MaxTimestamp || stamp.AsSpan().ContainsAnyExceptInRange('0', '9')) return null;
        var age = time.GetUtcNow().ToUnixTimeSeconds() - long.Parse(stamp, NumberStyles.None, CultureInfo.InvariantCulture);
        if (Math.Abs(age) > (long)Window.TotalSeconds) return null;
        if (!given.StartsWith(Version, StringComparison.Ordinal) || given.Length != Version.Length + (HMACSHA256.HashSizeInBytes * 2)) return null;
        var claimed = new byte[HMACSHA256.HashSizeInBytes];
        if (Convert.FromHexString(given.AsSpan(Version.Length), claimed, out _, out _) != System.Buffers.OperationStatus.Done) return null;
        var genuine = false;
        foreach (var key in Keys()) genuine |= CryptographicOperations.FixedTimeEquals(claimed, Sign(key, stamp, body.Span));
        return genuine ? claimed : null;
    }

    /// <summary>The signature of a body.</summary>
    public static byte[] Sign(string key, string stamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hash.AppendData(Encoding.UTF8.GetBytes($"v0:{stamp}:"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private IEnumerable<string> Keys()
    {
        try
        {
            return secret.Current().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MaxSecrets);
        }
        catch (ChannelFatalException)
        {
            // Without a secret nobody is Slack.
            return [];
        }
    }

    private static string Header(IReadOnlyDictionary<string, string> headers, string name)
    {
        if (headers.TryGetValue(name, out var value)) return value;
        foreach (var (key, other) in headers) if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return other;
        return "";
    }
}
