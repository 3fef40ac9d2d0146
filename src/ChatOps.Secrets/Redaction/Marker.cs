using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Secrets.Redaction;

/// <summary>What stands in a secret's place: <c>[redacted:kind:abcd]</c>.</summary>
internal sealed class Marker(ReadOnlyMemory<byte> key)
{
    /// <summary>How every marker begins.</summary>
    public const string Prefix = "[redacted:";

    private const int MaxKind = 32;
    private const int HashLength = 4;
    private static readonly SearchValues<char> KindCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> HashCharacters = SearchValues.Create("0123456789abcdef");

    /// <summary>The marker for a value.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="value">The secret.</param>
    public string For(string kind, ReadOnlySpan<char> value)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(value)];
        Encoding.UTF8.GetBytes(value, bytes);
        return For(kind, bytes);
    }

    /// <summary>The marker for a value.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="value">The secret, or a digest of it.</param>
    public string For(string kind, ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Span, value, hash);
        return $"{Prefix}{kind}:{Convert.ToHexStringLower(hash[..(HashLength / 2)])}]";
    }

    /// <summary>A name in the form that markers take.</summary>
    /// <param name="name">Any name.</param>
    public static string KindFrom(string name)
    {
        var kind = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            var plain = char.ToLowerInvariant(character);
            if (kind.Length < MaxKind && (KindCharacters.Contains(plain) || kind is not { Length: > 0 } || kind[^1] != '-'))
                kind.Append(KindCharacters.Contains(plain) ? plain : '-');
        }

        var text = kind.ToString().Trim('-');
        return text.Length == 0 ? "known" : text;
    }

    /// <summary>The length of the marker that a text begins with; zero when it does not begin with one.</summary>
    /// <param name="text">The text.</param>
    public static int LengthAt(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Prefix))
            return 0;

        var kind = Alphabets.Run(text[Prefix.Length..], KindCharacters);
        var at = Prefix.Length + kind;
        return kind is > 0 and <= MaxKind
            && text.Length > at + HashLength + 1
            && text[at] == ':'
            && Alphabets.Run(text.Slice(at + 1, HashLength), HashCharacters) == HashLength
            && text[at + 1 + HashLength] == ']'
            ? at + HashLength + 2
            : 0;
    }
}
