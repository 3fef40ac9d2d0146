using System.Buffers;

namespace ChatOps.Secrets.Redaction;

/// <summary>Finds credentials in HTTP headers: authorization keeps its scheme, cookies keep their names.</summary>
internal static class HeaderScanner
{
    private const int MinBearer = 12, MinBasic = 8, MinCookie = 6, MaxScheme = 24;
    private static readonly SearchValues<string> Anchors = SearchValues.Create(["authorization", "cookie", "bearer ", "basic "], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<char> ValueEnd = SearchValues.Create("\"'`\r\n<>");
    private static readonly SearchValues<char> Basic = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <summary>Adds what it finds.</summary>
    /// <param name="text">Text without terminal sequences.</param>
    /// <param name="findings">Receives the findings.</param>
    public static void Find(ReadOnlySpan<char> text, List<Finding> findings)
    {
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAny(Anchors);
            if (next < 0)
                return;

            at += next;
            var count = findings.Count;
            at = char.ToLowerInvariant(text[at]) switch
            {
                'a' => Authorization(text, at + "authorization".Length, findings),
                'c' => Cookie(text, at + "cookie".Length, findings),
                _ => Scheme(text, at, findings),
            };
            if (findings.Count > count)
                at = Math.Max(at, findings[^1].End);
        }
    }

    private static int Authorization(ReadOnlySpan<char> text, int at, List<Finding> findings)
    {
        if (Start(text, at) is not { } start)
            return at;

        var end = start + End(text[start..]);
        var value = text[start..end];
        var scheme = value.IndexOf(' ');
        if (scheme is > 0 and <= MaxScheme && Alphabets.Run(value, Alphabets.Base64Url) == scheme && value.Length > scheme + 1)
        {
            start += scheme + 1;
            value = text[start..end];
            start += value.Length - value.TrimStart().Length;
        }

        value = text[start..end].TrimEnd();
        if (value.Length >= MinCookie && ValueShape.IsSecret(value, KeyFamily.Password, true, true))
            findings.Add(new Finding(start, start + value.Length, "authorization", start + value.Length == text.Length));
        return end;
    }

    private static int Cookie(ReadOnlySpan<char> text, int at, List<Finding> findings)
    {
        // "set-cookie" has one pair and then attributes.
        var only = at >= "set-cookie".Length && text[(at - "set-cookie".Length)..at].StartsWith("set-", StringComparison.OrdinalIgnoreCase);
        if (Start(text, at) is not { } start)
            return at;

        var end = start + End(text[start..]);
        for (var pair = start; pair < end;)
        {
            var length = text[pair..end].IndexOf(';');
            var pairEnd = length < 0 ? end : pair + length;
            var equals = text[pair..pairEnd].IndexOf('=');
            if (equals >= 0)
            {
                var value = text[(pair + equals + 1)..pairEnd].TrimEnd();
                if (value.Length >= MinCookie && ValueShape.IsSecret(value, KeyFamily.Password, true, true))
                    findings.Add(new Finding(pair + equals + 1, pair + equals + 1 + value.Length, "cookie", pair + equals + 1 + value.Length == text.Length));
            }

            pair = only ? end : pairEnd + 1;
        }

        return end;
    }

    private static int Scheme(ReadOnlySpan<char> text, int at, List<Finding> findings)
    {
        var basic = char.ToLowerInvariant(text[at + 1]) == 'a';
        var start = at + (basic ? "basic " : "bearer ").Length;
        if (!Border.Before(text, at))
            return start;

        var length = Alphabets.Run(text[start..], basic ? Basic : Alphabets.Token);
        var value = text.Slice(start, length).TrimEnd(".:,%");
        var secret = basic
            ? value.Length >= MinBasic && IsUserAndPassword(value)
            : value.Length >= MinBearer && value.ContainsAny(Alphabets.Decimal);
        if (secret)
            findings.Add(new Finding(start, start + value.Length, basic ? "authorization" : "bearer-token", start + value.Length == text.Length));
        return start;
    }

    private static bool IsUserAndPassword(ReadOnlySpan<char> value)
    {
        const int reach = 512;
        Span<byte> bytes = stackalloc byte[reach];
        return value.Length <= reach && Convert.TryFromBase64Chars(value, bytes, out var count) && bytes[..count].Contains((byte)':');
    }

    // Behind an optional quote, a separator and an optional quote.
    private static int? Start(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        while (at < text.Length && at - start < 8 && text[at] is '"' or '\'' or '\\' or ']' or ' ')
            at++;
        if (at >= text.Length || text[at] is not (':' or '='))
            return null;

        start = ++at;
        while (at < text.Length && at - start < 8 && text[at] is '"' or '\'' or '\\' or ' ' or '\t' or '`')
            at++;
        return at < text.Length ? at : null;
    }

    private static int End(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(ValueEnd);
        if (end < 0)
            return text.Length;
        while (end > 0 && text[end - 1] == '\\')
            end--;
        return end;
    }
}
