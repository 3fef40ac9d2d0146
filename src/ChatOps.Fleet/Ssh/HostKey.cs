using System.Security.Cryptography;

namespace ChatOps.Fleet.Ssh;

/// <summary>A key that a host showed, as a line of a known_hosts file.</summary>
/// <param name="Line">The line.</param>
/// <param name="Algorithm">Such as <c>ssh-ed25519</c>.</param>
/// <param name="Fingerprint">Such as <c>SHA256:…</c>, as ssh-keygen prints it.</param>
internal sealed record HostKey(string Line, string Algorithm, string Fingerprint)
{
    private const int FingerprintCharacters = 43;
    private const string Prefix = "SHA256:";

    /// <summary>Whether a text can be a fingerprint at all.</summary>
    public static bool IsFingerprint(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length == Prefix.Length + FingerprintCharacters
        && text[Prefix.Length..].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/');

    /// <summary>Reads a line; <see langword="null"/> when it is none.</summary>
    public static HostKey? Read(string line)
    {
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [_, var algorithm, var key, ..]) return null;
        try
        {
            return new(line, algorithm, Prefix + Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(key))).TrimEnd('='));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
