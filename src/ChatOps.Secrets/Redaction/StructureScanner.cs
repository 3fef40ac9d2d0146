using System.Buffers;

namespace ChatOps.Secrets.Redaction;

/// <summary>Finds tokens that have no prefix but a shape: JSON web tokens, bot tokens of Telegram and Discord, client secrets of Azure.</summary>
internal static class StructureScanner
{
    private static readonly SearchValues<string> Anchors = SearchValues.Create(["eyJ", ":AA", "8Q~", "7Q~"], StringComparison.Ordinal);
    private static readonly SearchValues<char> AzureCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~.-");

    /// <summary>Adds what it finds.</summary>
    /// <param name="text">Text without terminal sequences.</param>
    /// <param name="findings">Receives the findings.</param>
    public static void Find(ReadOnlySpan<char> text, List<Finding> findings)
    {
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAny(Anchors);
            if (next < 0)
                break;
            at += next;
            var finding = text[at] switch
            {
                'e' => WebToken(text, at),
                ':' => Telegram(text, at),
                _ => Azure(text, at),
            };
            if (finding is { } found)
                findings.Add(found);
            at = finding?.End ?? at + 1;
        }

        Discord(text, findings);
    }

    private static Finding? WebToken(ReadOnlySpan<char> text, int at)
    {
        const int minHeader = 12, minPayload = 8;
        if (!Border.Before(text, at))
            return null;

        var header = Alphabets.Run(text[at..], Alphabets.Base64Url);
        var dot = at + header;
        if (header < minHeader || dot >= text.Length || text[dot] != '.')
            return null;

        var payload = Alphabets.Run(text[(dot + 1)..], Alphabets.Base64Url);
        if (payload < minPayload)
            return null;

        var end = dot + 1 + Alphabets.Run(text[(dot + 1)..], Alphabets.Dotted);
        while (text[end - 1] == '.')
            end--;
        return new Finding(at, end, "jwt", end == text.Length);
    }

    // 123456789:AA… (35 characters behind the colon)
    private static Finding? Telegram(ReadOnlySpan<char> text, int at)
    {
        const int secret = 35, minDigits = 6, maxDigits = 12;
        var start = at;
        while (start > 0 && at - start <= maxDigits && char.IsAsciiDigit(text[start - 1]))
            start--;
        var length = Alphabets.Run(text[(at + 1)..], Alphabets.Base64Url);
        var bot = start >= 3 && text[(start - 3)..start].SequenceEqual("bot");
        return at - start is >= minDigits and <= maxDigits && length == secret && (bot || Border.Before(text, start))
            ? new Finding(at + 1, at + 1 + length, "telegram-token", false)
            : null;
    }

    // three characters, 8Q~, then 31 to 34
    private static Finding? Azure(ReadOnlySpan<char> text, int at)
    {
        const int before = 3, min = 31, max = 34;
        if (at < before || text[(at - before)..at].ContainsAnyExcept(AzureCharacters) || (at > before && !Border.Before(text, at - before)))
            return null;

        var length = Alphabets.Run(text[(at + 3)..], AzureCharacters);
        return length is >= min and <= max ? new Finding(at - before, at + 3 + length, "azure-secret", false) : null;
    }

    // the user's number as base64, six characters, the rest
    private static void Discord(ReadOnlySpan<char> text, List<Finding> findings)
    {
        const int middle = 6, minId = 23, maxId = 28, minRest = 27;
        for (var at = minId; at + middle + minRest < text.Length; at++)
        {
            var next = text[at..].IndexOf('.');
            if (next < 0)
                return;
            at += next;
            if (at + middle + 1 >= text.Length || text[at + middle + 1] != '.' || text.Slice(at + 1, middle).ContainsAnyExcept(Alphabets.Base64Url))
                continue;

            var start = at;
            while (start > 0 && at - start <= maxId && Alphabets.Base64Url.Contains(text[start - 1]))
                start--;
            var rest = Alphabets.Run(text[(at + middle + 2)..], Alphabets.Base64Url);
            if (at - start is >= minId and <= maxId && text[start] is 'M' or 'N' or 'O' && rest >= minRest)
                findings.Add(new Finding(start, at + middle + 2 + rest, "discord-token", at + middle + 2 + rest == text.Length));
        }
    }
}
