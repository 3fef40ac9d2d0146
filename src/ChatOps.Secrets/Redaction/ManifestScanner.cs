namespace ChatOps.Secrets.Redaction;

/// <summary>Finds the data of Kubernetes secrets that stand on one line of JSON, also escaped inside of other JSON; and registry logins.</summary>
internal static class ManifestScanner
{
    private const string Kind = "kubernetes-secret";
    private static readonly string[] Sections = ["data", "stringData"];

    /// <summary>Adds what it finds.</summary>
    /// <param name="text">Text without terminal sequences.</param>
    /// <param name="findings">Receives the findings.</param>
    public static void Find(ReadOnlySpan<char> text, List<Finding> findings)
    {
        RegistryLogin(text, findings);
        if (!IsSecret(text))
            return;

        foreach (var section in Sections)
        {
            for (var at = 0; at < text.Length;)
            {
                var next = text[at..].IndexOf(section, StringComparison.Ordinal);
                if (next < 0)
                    break;
                at += next + section.Length;
                if (Opens(text, ref at))
                    at = Values(text, at, findings);
            }
        }
    }

    private static bool IsSecret(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOf("kind", StringComparison.Ordinal);
            if (next < 0)
                return false;
            at += next + "kind".Length;
            var value = text[at..].TrimStart(" \\\":");
            if (value.Length < text.Length - at && value.StartsWith("Secret") && (value.Length == 6 || value[6] is '"' or '\\'))
                return true;
        }

        return false;
    }

    // "data":{
    private static bool Opens(ReadOnlySpan<char> text, ref int at)
    {
        var rest = text[at..].TrimStart(" \\\":");
        if (rest.Length == text.Length - at || rest.IsEmpty || rest[0] != '{')
            return false;

        at = text.Length - rest.Length + 1;
        return true;
    }

    // Every other string is a value, up to the closing brace.
    private static int Values(ReadOnlySpan<char> text, int at, List<Finding> findings)
    {
        var isValue = false;
        while (at < text.Length && text[at] != '}')
        {
            if (text[at] != '"')
            {
                isValue = text[at] == ':' || (isValue && text[at] != ',');
                at++;
                continue;
            }

            var end = text[(at + 1)..].IndexOf('"');
            end = end < 0 ? text.Length : at + 1 + end;
            var content = text[(at + 1)..end].TrimEnd('\\');
            if (isValue && content.Length > 0)
                findings.Add(new Finding(at + 1, at + 1 + content.Length, Kind, end == text.Length));
            at = Math.Min(text.Length, end + 1);
        }

        return at;
    }

    // "auth": "dXNlcjpwYXNz" in a Docker configuration
    private static void RegistryLogin(ReadOnlySpan<char> text, List<Finding> findings)
    {
        const string key = "\"auth\"";
        const int reach = 1024;
        var at = text.IndexOf(key);
        if (at < 0)
            return;

        at += key.Length;
        at += Alphabets.Run(text[at..], Separator.Blank);
        if (at >= text.Length || text[at] != ':')
            return;

        var span = ValueSpan.Read(text, at + 1 + Alphabets.Run(text[(at + 1)..], Separator.Blank), SeparatorKind.Colon, false);
        Span<byte> decoded = stackalloc byte[reach];
        if (span.Quoted && span.End - span.Start <= reach && Convert.TryFromBase64Chars(text[span.Start..span.End], decoded, out var count) && decoded[..count].Contains((byte)':'))
            findings.Add(new Finding(span.Start, span.End, "registry-login", false));
    }
}
