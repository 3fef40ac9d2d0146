using System.Buffers;

namespace ChatOps.Secrets.Redaction;

/// <summary>Finds values by the name that stands before them: environment files, YAML, JSON, INI, XML, query strings, connection strings, flags.</summary>
internal sealed class ContextScanner
{
    private const int MaxGap = 64;

    private static readonly SearchValues<char> Counts = SearchValues.Create(" 0123456789.,%/");

    private static readonly SearchValues<string> Stems = SearchValues.Create(
        ["pass", "pwd", "secret", "token", "key", "cred", "auth", "session", "sessid", "sid", "signature", "sig", "psk", "salt", "kennwort"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds what it finds.</summary>
    /// <param name="text">Text without terminal sequences.</param>
    /// <param name="findings">Receives the findings.</param>
    public void Find(ReadOnlySpan<char> text, List<Finding> findings)
    {
        var wordEnd = 0;
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAny(Stems);
            if (next < 0)
                return;

            at += next;
            var start = at;
            while (start > 0 && at - start < KeyName.MaxLength && Alphabets.Dotted.Contains(text[start - 1]))
                start--;
            var end = at + Alphabets.Run(text.Slice(at, Math.Min(KeyName.MaxLength, text.Length - at)), Alphabets.Dotted);
            at = Math.Max(at + 1, end);
            if (KeyName.From(text[start..end]) is { Family: not KeyFamily.None } name && Value(text, start, end, name, ref wordEnd) is { } finding)
            {
                findings.Add(finding);
                at = Math.Max(at, finding.End);
            }
        }
    }

    private static Finding? Value(ReadOnlySpan<char> text, int start, int end, KeyName name, ref int wordEnd)
    {
        var separator = Separator.Read(text, start, end);
        if (separator.Length == 0)
            return null;

        var from = end + separator.Length;
        from += Math.Min(MaxGap, Alphabets.Run(text[from..], Separator.Blank));
        if (from >= text.Length)
            return null;

        var value = separator.Kind == SeparatorKind.Element ? ValueSpan.Element(text, from) : ValueSpan.Read(text, from, separator.Kind, Separator.AtLineStart(text, start), ref wordEnd);
        if (value.Start >= value.End)
            return null;

        // A bare "pass" says how tests went more often than what a password is.
        var content = text[value.Start..value.End];
        if (text[start..end].Equals("pass", StringComparison.OrdinalIgnoreCase) && !content.ContainsAnyExcept(Counts))
            return null;
        if (separator.Kind == SeparatorKind.Colon && text[start..end].Equals("pass", StringComparison.OrdinalIgnoreCase) && !value.Quoted && !text[..start].TrimEnd().EndsWith("-passin") && !text[..start].TrimEnd().EndsWith("-passout"))
            return null;
        return ValueShape.IsSecret(content, name.Family, value.Quoted, separator.Kind is SeparatorKind.Equals or SeparatorKind.Flag)
            ? new Finding(value.Start, value.End, name.Kind, value.End == text.Length)
            : null;
    }
}
