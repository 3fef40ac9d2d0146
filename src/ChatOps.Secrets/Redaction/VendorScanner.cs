using System.Buffers;

namespace ChatOps.Secrets.Redaction;

/// <summary>Finds tokens by their vendors' formats.</summary>
internal sealed class VendorScanner
{
    // How far the mix of characters is looked at, which bounds the work that hostile text can cause.
    private const int MixReach = 64;
    private const int MinDistinct = 4;
    private readonly SearchValues<string> _prefixes = SearchValues.Create([.. VendorFormats.All.Select(format => format.Prefix)], StringComparison.Ordinal);

    // Longer prefixes first: sk-ant- is more than sk-.
    private readonly ILookup<char, VendorFormat> _formats =
        VendorFormats.All.OrderByDescending(format => format.Prefix.Length).ToLookup(format => format.Prefix[0]);

    /// <summary>Adds what it finds.</summary>
    /// <param name="text">Text without terminal sequences.</param>
    /// <param name="findings">Receives the findings.</param>
    public void Find(ReadOnlySpan<char> text, List<Finding> findings)
    {
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAny(_prefixes);
            if (next < 0)
                return;
            at += next;
            at = Match(text, at) is { } finding ? Add(findings, finding) : at + 1;
        }
    }

    private static int Add(List<Finding> findings, Finding finding)
    {
        findings.Add(finding);
        return finding.End;
    }

    private Finding? Match(ReadOnlySpan<char> text, int at)
    {
        foreach (var format in _formats[text[at]])
        {
            var rest = text[at..];
            if (!rest.StartsWith(format.Prefix) || (char.IsLetterOrDigit(format.Prefix[0]) && !Border.Before(text, at) && format.Prefix != "atlasv1."))
                continue;

            var body = rest[format.Prefix.Length..];
            var length = Alphabets.Run(body, format.Alphabet);
            var value = body[..length].TrimEnd(".,:=%");
            if (format.Alphabet == Alphabets.Base64 || format.Alphabet == Alphabets.Token)
                value = body[..length].TrimEnd(".,:%");
            if (value.Length < format.Min || value.Length > format.Max || IsPlaceholder(value) || (format.Mixed && !IsMixed(value)))
                continue;
            if (format.Max != int.MaxValue && !Border.After(text, at + format.Prefix.Length + value.Length))
                continue;
            return Locate(text, at, format, at + format.Prefix.Length + value.Length);
        }

        return null;
    }

    // Addresses keep their host; everything else is a secret from its prefix on.
    private static Finding Locate(ReadOnlySpan<char> text, int at, VendorFormat format, int end)
    {
        var start = format.Prefix[^1] == '/' ? at + format.Prefix.Length : at;
        if (format.Prefix == "atlasv1.")
        {
            while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] == '.'))
                start--;
        }

        return new Finding(start, end, format.Kind, end == text.Length);
    }

    private static bool IsPlaceholder(ReadOnlySpan<char> value)
    {
        Span<char> seen = stackalloc char[MinDistinct];
        var distinct = 0;
        foreach (var character in value[..Math.Min(value.Length, MixReach)])
        {
            if (seen[..distinct].Contains(character))
                continue;
            seen[distinct++] = character;
            if (distinct == MinDistinct)
                return false;
        }

        return true;
    }

    private static bool IsMixed(ReadOnlySpan<char> value)
    {
        int digits = 0, letters = 0;
        foreach (var character in value[..Math.Min(value.Length, MixReach)])
        {
            digits += char.IsAsciiDigit(character) ? 1 : 0;
            letters += char.IsAsciiLetter(character) ? 1 : 0;
        }

        return digits > 1 && letters > 1;
    }
}
