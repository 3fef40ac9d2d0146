using System.Buffers;

namespace ChatOps.Secrets.Redaction;

/// <summary>Finds the password in an address: <c>scheme://user:password@host</c> and <c>user:password@tcp(host)</c>. User and host stay.</summary>
internal static class AddressScanner
{
    private const int Reach = 1024, DataSourceReach = 256, MinLoneToken = 16;
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\"'`<>|\\,");
    private static readonly SearchValues<char> DataSourceEnds = SearchValues.Create(" \t\r\n\"'`<>|\\,=");
    private static readonly SearchValues<char> Path = SearchValues.Create("/?#");
    private static readonly SearchValues<string> Anchors = SearchValues.Create(["://", "@tcp(", "@unix(", "%3A%2F%2F"], StringComparison.OrdinalIgnoreCase);

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
            var finding = text[at] switch
            {
                ':' => Address(text, at + 3),
                '%' => null,
                _ => DataSource(text, at),
            };
            if (finding is { } found)
                findings.Add(found);
            at++;
        }
    }

    private static Finding? Address(ReadOnlySpan<char> text, int start)
    {
        var rest = text.Slice(start, Math.Min(Reach, text.Length - start));
        var end = rest.IndexOfAny(Ends);
        if (end >= 0)
            rest = rest[..end];

        var path = rest.IndexOfAny(Path);
        var authority = path < 0 ? rest : rest[..path];
        var sign = authority.LastIndexOf('@');
        if (sign < 0)
        {
            // A password with an unescaped slash; but host:port/path@something is none.
            sign = rest.LastIndexOf('@');
            var colon = authority.IndexOf(':');
            if (sign < 0 || colon < 0 || authority.Length == colon + 1 || !authority[(colon + 1)..].ContainsAnyExcept(Alphabets.Decimal))
                return null;
        }

        var user = rest[..sign];
        var separator = user.IndexOf(':');
        var value = user[(separator + 1)..];
        if (value.IsEmpty || value.StartsWith(Marker.Prefix) || !ValueShape.IsSecret(value, separator < 0 ? KeyFamily.Weak : KeyFamily.Password, true, true))
            return separator >= 0 || value.Length < MinLoneToken || !IsHexKey(value) ? null : new Finding(start, start + sign, "url-credential", false);
        return new Finding(start + separator + 1, start + sign, separator < 0 ? "url-credential" : "url-password", false);
    }

    private static bool IsHexKey(ReadOnlySpan<char> value) => value.Length >= 32 && !value.ContainsAnyExcept(Alphabets.Hex);

    private static Finding? DataSource(ReadOnlySpan<char> text, int at)
    {
        var start = Math.Max(0, at - DataSourceReach);
        start += text[start..at].LastIndexOfAny(DataSourceEnds) + 1;
        var colon = text[start..at].IndexOf(':');
        if (colon < 0 || text[start..at].Contains("://", StringComparison.Ordinal))
            return null;

        var value = text[(start + colon + 1)..at];
        return !value.IsEmpty && ValueShape.IsSecret(value, KeyFamily.Password, true, true) ? new Finding(start + colon + 1, at, "url-password", false) : null;
    }
}
