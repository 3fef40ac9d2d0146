using System.Buffers;

namespace ChatOps.Secrets.Redaction;

/// <summary>Finds private keys that stand on one line, and lines that open a block.</summary>
internal static class PrivateKeyScanner
{
    /// <summary>What the marker calls it.</summary>
    public const string Kind = "private-key";

    private const int MaxTitle = 64;
    private const int MinBody = 16;

    /// <summary>What a key on one line is made of: base64 and the escapes that stand for line ends.</summary>
    public static SearchValues<char> OneLine { get; } = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\\ ");

    /// <summary>Adds what it finds.</summary>
    /// <param name="text">Text without terminal sequences.</param>
    /// <param name="findings">Receives the findings.</param>
    /// <returns>Whether a block begins here whose content stands on the following lines.</returns>
    public static bool Find(ReadOnlySpan<char> text, List<Finding> findings)
    {
        var opens = false;
        for (var at = 0; Border(text, at, "BEGIN ") is { } begin;)
        {
            at = begin;
            var body = Alphabets.Run(text[at..], OneLine);
            var start = at + body - text.Slice(at, body).TrimStart(" \\nr").Length;
            var end = at + text.Slice(at, body).TrimEnd().Length;
            opens = false;
            if (end - start < MinBody)
            {
                // The content is below, unless the key ends here or was replaced here before.
                opens = !Closes(text[at..]) && !text[at..].Contains(Marker.Prefix, StringComparison.Ordinal);
                continue;
            }

            findings.Add(new Finding(start, end, Kind, at + body == text.Length));
            at = end;
        }

        return opens;
    }

    /// <summary>Whether a line closes a block.</summary>
    /// <param name="text">The line.</param>
    public static bool Closes(ReadOnlySpan<char> text) => Border(text, 0, "END ") is not null;

    /// <summary>Whether the first border on a line closes a block: what stands above belongs to a private key.</summary>
    /// <param name="text">The line.</param>
    public static bool ClosesFirst(ReadOnlySpan<char> text)
    {
        var dashes = text.IndexOf("--");
        if (dashes < 0)
            return false;

        var word = text[dashes..].TrimStart("- ");
        var end = word.IndexOf("--");
        return word.StartsWith("END ") && end is >= 0 and < MaxTitle && word[..end].Contains("PRIVATE KEY", StringComparison.Ordinal);
    }

    // Behind the dashes of "-----BEGIN … PRIVATE KEY…-----" at or after a place.
    private static int? Border(ReadOnlySpan<char> text, int from, string word)
    {
        while (from < text.Length)
        {
            var next = text[from..].IndexOf(word, StringComparison.Ordinal);
            if (next < 0)
                return null;

            from += next + word.Length;
            if (!text[..(from - word.Length)].TrimEnd().EndsWith("--"))
                continue;

            var title = text.Slice(from, Math.Min(MaxTitle, text.Length - from));
            var dashes = title.IndexOf("--");
            if (dashes < 0 || !title[..dashes].Contains("PRIVATE KEY", StringComparison.Ordinal))
                continue;

            from += dashes;
            while (from < text.Length && text[from] == '-')
                from++;
            return from;
        }

        return null;
    }
}
