namespace ChatOps.Secrets.Redaction;

/// <summary>
/// Values that stand below their name: <c>value:</c> under <c>name: DB_PASSWORD</c>, YAML block scalars, a <c>.netrc</c> over several lines, the
/// private lines of a PuTTY key.
/// </summary>
internal sealed class ValueBelow
{
    private const int MaxPuttyLines = 200;
    private KeyName _named;
    private KeyName _block;
    private int _blockIndent;
    private int _puttyLines;
    private bool _netrc;

    /// <summary>Looks at a line in the light of those before it.</summary>
    /// <param name="line">Without terminal sequences, without its end.</param>
    /// <returns>The secret in it, or <see langword="null"/>.</returns>
    public Finding? Find(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        var indent = line.Length - text.Length;
        text = text.TrimEnd();
        var finding = InBlock(indent, text) ?? InPutty(indent, text) ?? Named(line, indent, text) ?? InNetrc(indent, text);
        Prepare(indent, text);
        return finding;
    }

    private Finding? InBlock(int indent, ReadOnlySpan<char> text)
    {
        if (_block.Family == KeyFamily.None || text.IsEmpty)
            return null;
        if (indent > _blockIndent)
            return Whole(indent, text, _block.Kind);

        _block = default;
        return null;
    }

    private Finding? InPutty(int indent, ReadOnlySpan<char> text)
    {
        if (_puttyLines == 0)
            return null;

        _puttyLines--;
        return text.IsEmpty || text.ContainsAnyExcept(Alphabets.Base64) ? null : Whole(indent, text, PrivateKeyScanner.Kind);
    }

    private Finding? Named(ReadOnlySpan<char> line, int indent, ReadOnlySpan<char> text)
    {
        var name = _named;
        _named = default;
        if (name.Family == KeyFamily.None)
            return null;

        var value = text.TrimStart("- ").TrimStart('"');
        if (!value.StartsWith("value", StringComparison.OrdinalIgnoreCase))
            return null;

        var end = indent + (text.Length - value.Length) + "value".Length;
        var separator = Separator.Read(line, end - "value".Length, end);
        if (separator.Length == 0)
            return null;

        var from = end + separator.Length;
        from += Alphabets.Run(line[from..], Separator.Blank);
        if (from >= line.Length)
            return null;

        var span = ValueSpan.Read(line, from, separator.Kind, true);
        return span.End > span.Start && ValueShape.IsSecret(line[span.Start..span.End], name.Family, span.Quoted, true)
            ? new Finding(span.Start, span.End, name.Kind, false)
            : null;
    }

    private Finding? InNetrc(int indent, ReadOnlySpan<char> text)
    {
        const string word = "password ";
        var machine = text.StartsWith("machine ") || text.StartsWith("default ");
        var at = machine ? text.IndexOf(" " + word, StringComparison.Ordinal) + 1 : _netrc && text.StartsWith(word) ? 0 : -1;
        var isLogin = text.StartsWith("login ") || text.StartsWith("account ");
        _netrc = machine || (_netrc && isLogin);
        if (at < 0 || (machine && at == 0))
            return null;

        var start = at + word.Length;
        var length = text[start..].IndexOf(' ');
        var value = length < 0 ? text[start..] : text.Slice(start, length);
        return value.IsEmpty || value.StartsWith(Marker.Prefix) ? null : new Finding(indent + start, indent + start + value.Length, "password", false);
    }

    private void Prepare(int indent, ReadOnlySpan<char> text)
    {
        if (text.StartsWith("Private-Lines:"))
            _puttyLines = int.TryParse(text["Private-Lines:".Length..], out var lines) ? Math.Clamp(lines, 0, MaxPuttyLines) : 0;

        var colon = text.IndexOf(':');
        if (colon < 0)
            return;

        var key = text[..colon].Trim("-\" '");
        var value = text[(colon + 1)..].Trim(" ,\"'");
        if (key.Equals("name", StringComparison.OrdinalIgnoreCase) && value.Length <= KeyName.MaxLength && !value.ContainsAnyExcept(Alphabets.Dotted))
            _named = KeyName.From(value);
        else if (value.Length is > 0 and <= 3 && value[0] is '|' or '>' && key.Length <= KeyName.MaxLength && KeyName.From(key) is { Family: KeyFamily.Password or KeyFamily.Token } name)
            (_block, _blockIndent) = (name, indent);
    }

    private static Finding? Whole(int indent, ReadOnlySpan<char> text, string kind) =>
        text.IsEmpty || text.Contains(Marker.Prefix, StringComparison.Ordinal) ? null : new Finding(indent, indent + text.Length, kind, false);
}
