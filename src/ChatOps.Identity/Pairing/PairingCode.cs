using System.Security.Cryptography;

namespace ChatOps.Identity.Pairing;

/// <summary>Codes that people read to each other: no letter or digit that looks like another.</summary>
internal static class PairingCode
{
    /// <summary>How long one is.</summary>
    public const int Length = 8;

    /// <summary>Without 0 O, 1 I L, 5 S, 8 B, 2 Z, U V.</summary>
    public const string Alphabet = "34679ACDEFGHJKMNPQRTWXY";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>A code as somebody typed it: case, spaces and dashes do not matter.</summary>
    public static string Read(string typed) => string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
