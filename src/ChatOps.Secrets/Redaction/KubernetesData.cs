using System.Text;

namespace ChatOps.Secrets.Redaction;

/// <summary>
/// The <c>data</c> of Kubernetes objects over several lines, YAML or JSON. Tools print it before the object's kind, so it is held back until the
/// kind is known: the data of a secret is replaced, that of anything else stays.
/// </summary>
internal sealed class KubernetesData(Marker marker)
{
    private const int MaxHeld = 2560;
    private const int MinValue = 8;

    /// <summary>What the marker calls it.</summary>
    public const string Kind = "kubernetes-secret";

    private readonly List<string> _held = [];
    private int _heldLength;
    private bool _inObject;
    private bool _isSecret;
    private bool _kindKnown;
    private int _blockIndent = -1;
    private int _entryIndent = -1;
    private bool _overflowed;

    /// <summary>Takes a line.</summary>
    /// <param name="line">The line with its end.</param>
    /// <param name="output">Receives what can be decided now, as lines that go their ordinary way.</param>
    public void Take(string line, Action<string> output)
    {
        var text = line.AsSpan().TrimStart(" \t");
        var indent = line.Length - text.Length;
        text = text.Trim();
        Observe(text);
        if (_held.Count > 0 && !_kindKnown && text.IsEmpty)
        {
            Add(line, output);
            return;
        }

        if (_blockIndent >= 0 && (text.IsEmpty || indent > _blockIndent))
        {
            Entry(line, output);
            return;
        }

        var closesJson = _blockIndent >= 0 && text.StartsWith("}");
        _blockIndent = -1;
        if (_held.Count > 0 && !_kindKnown && (closesJson || text.StartsWith("immutable") || text.StartsWith("\"immutable\"")))
        {
            Add(line, output);
            return;
        }

        Release(output);
        if (_inObject && Section(text) is { } section)
        {
            _entryIndent = -1;
            _blockIndent = indent + (text.StartsWith("- ") ? 2 : 0);
            if (section == "stringData")
                (_isSecret, _kindKnown) = (true, true);
        }

        output(line);
    }

    /// <summary>Decides over what is held, at the end of the text.</summary>
    /// <param name="output">Receives the lines.</param>
    public void Close(Action<string> output) => Release(output);

    /// <summary>Looks at the beginning of a line that is too long to be taken as a whole.</summary>
    /// <param name="start">The beginning.</param>
    /// <returns>Where the secret value begins that goes on to the end of the line; below zero when the line is none.</returns>
    public int LongEntry(ReadOnlySpan<char> start)
    {
        var text = start.TrimStart(" \t\"");
        var indent = start.Length - start.TrimStart(" \t").Length;
        if (_blockIndent < 0 || indent <= _blockIndent || (_kindKnown && !_isSecret))
            return -1;

        // Nobody waits for the kind any longer.
        _overflowed = true;
        var colon = text.IndexOf(':');
        var named = colon >= 0 && !text[..colon].TrimEnd("\" ").ContainsAnyExcept(Alphabets.Dotted);
        var value = (named ? text[(colon + 1)..] : text).TrimStart(" \"'");
        return _kindKnown || (named && Alphabets.Run(value, Alphabets.Base64) == value.Length) ? start.Length - value.Length : -1;
    }

    private void Observe(ReadOnlySpan<char> text)
    {
        var bare = text.TrimStart("- \"");
        if (text.StartsWith("---") || bare.StartsWith("apiVersion"))
        {
            _inObject = bare.StartsWith("apiVersion");
            (_isSecret, _kindKnown, _overflowed) = (false, false, false);
        }
        else if (bare.StartsWith("kind") && bare["kind".Length..].TrimStart("\" ") is [':', ..] rest)
        {
            var kind = rest[1..].Trim(" \",");
            if (kind.IsEmpty || kind is "List")
                return;

            // Only the first kind after apiVersion is the object's own; owners and references come later.
            if (_inObject && !_kindKnown)
                (_isSecret, _kindKnown) = (kind is "Secret", true);
        }
    }

    private void Entry(string line, Action<string> output)
    {
        if (_kindKnown)
            output(_isSecret ? Replace(line, all: true) : line);
        else if (_overflowed)
            output(Replace(line, all: false));
        else
            Add(line, output);
    }

    private void Add(string line, Action<string> output)
    {
        _held.Add(line);
        _heldLength += line.Length;
        if (_heldLength <= MaxHeld)
            return;

        // Too much to wait for: what could be a secret's data is treated as such.
        _overflowed = true;
        Release(output);
    }

    private void Release(Action<string> output)
    {
        foreach (var line in _held)
            output(_kindKnown ? _isSecret ? Replace(line, all: true) : line : Replace(line, all: false));
        _held.Clear();
        _heldLength = 0;
    }

    private static string? Section(ReadOnlySpan<char> text)
    {
        var bare = text.TrimStart("- \"");
        foreach (var name in (ReadOnlySpan<string>)["data", "stringData"])
        {
            if (bare.StartsWith(name) && bare[name.Length..].Trim("\" ") is ":" or ":{" or ": {")
                return name;
        }

        return null;
    }

    // "  name: value" or "  "name": "value",", or the text of a block scalar.
    private string Replace(string line, bool all)
    {
        var content = line.AsSpan().TrimEnd("\r\n");
        var text = content.TrimStart(" \t\"");
        var colon = text.IndexOf(':');
        var name = colon < 0 ? default : text[..colon].TrimEnd("\" ");
        var start = content.Length - text.Length;
        var indent = content.Length - content.TrimStart(" \t").Length;
        _entryIndent = _entryIndent < 0 ? indent : _entryIndent;
        if (indent <= _entryIndent && colon >= 0 && !name.ContainsAnyExcept(Alphabets.Dotted))
            start += colon + 1;
        else if (!all)
            return line;

        var value = content[start..].Trim(" \t\",'");
        if (value.IsEmpty || value is "{" or "}" or "|" or "|-" or ">" or ">-" or "null" || value.StartsWith(Marker.Prefix) || (!all && !CouldBeData(value)))
            return line;

        start += content[start..].IndexOf(value, StringComparison.Ordinal);
        return new StringBuilder(line.Length).Append(line.AsSpan(0, start)).Append(marker.For(Kind, value)).Append(line.AsSpan(start + value.Length)).ToString();
    }

    private static bool CouldBeData(ReadOnlySpan<char> value) =>
        value.Length >= MinValue && value.Length % 4 == 0 && !value.ContainsAnyExcept(Alphabets.Base64) && value.ContainsAnyExcept(Alphabets.Hex);
}
