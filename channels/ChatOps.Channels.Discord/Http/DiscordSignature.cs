using System.Globalization;
using System.Text;

namespace ChatOps.Channels.Discord;

/// <summary>Whether a call comes from Discord, now. Pure but for the clock that is given.</summary>
internal static class DiscordSignature
{
    /// <summary>How old or how far ahead a call may be. Discord gives three seconds for an answer, so a later one is a replay.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const int MaxTimestamp = 15;

    /// <summary>Checks the headers over the raw body.</summary>
    public static bool IsValid(string publicKey, IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (!Header(headers, "X-Signature-Ed25519", out var signature) || !Header(headers, "X-Signature-Timestamp", out var timestamp)) return false;
        if (signature.Length != Ed25519.SignatureLength * 2 || !signature.All(char.IsAsciiHexDigit) || !DiscordOptions.IsKey(publicKey)) return false;
        if (timestamp.Length > MaxTimestamp || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (Math.Abs((double)now.ToUnixTimeSeconds() - seconds) > Window.TotalSeconds) return false;
        var signed = new byte[timestamp.Length + body.Length];
        Encoding.ASCII.GetBytes(timestamp, signed);
        body.CopyTo(signed.AsSpan(timestamp.Length));
        return Ed25519.Verify(Convert.FromHexString(publicKey), signed, Convert.FromHexString(signature));
    }

    private static bool Header(IReadOnlyDictionary<string, string> headers, string name, out string value)
    {
        value = headers.FirstOrDefault(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Value ?? "";
        return value.Length > 0;
    }
}
