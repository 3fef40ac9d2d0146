using System.Text;

namespace ChatOps.Policy.Commands.Grammar;

/// <summary>Collects a word in both forms at once: as literal text and as a pattern in which quoted special characters are escaped.</summary>
internal sealed class WordBuilder
{
    private readonly StringBuilder _literal = new();
    private readonly StringBuilder _pattern = new();
    private bool _wildcard;
    private bool _bracketOpen;
    private bool _bracketClosed;
    private bool _quotedInBracket;
    private bool _opaque;
    private int _braceDepth;
    private bool _nameOnly = true;
    private char _previous;

    /// <summary>Whether anything was added, be it an empty pair of quotes.</summary>
    public bool Started { get; private set; }

    /// <summary>Whether an unquoted <c>{…,…}</c> or <c>{…..…}</c> was seen.</summary>
    public bool HasBraceExpansion { get; private set; }

    /// <summary>The name in front of an unquoted <c>=</c> when everything before it is an unquoted name.</summary>
    public string? AssignmentName { get; private set; }

    /// <summary>Whether quoted characters stand inside a bracket expression.</summary>
    public bool HasQuotedBracket => _quotedInBracket && _bracketClosed;

    public void Start() => Started = true;

    public void Quoted(char c)
    {
        Started = true;
        _nameOnly = false;
        _quotedInBracket |= _bracketOpen;
        _literal.Append(c);
        if (c is '*' or '?' or '[' or ']' or '\\' or '!' or '^' or '-') _pattern.Append('\\');
        _pattern.Append(c);
        _previous = '\0';
    }

    /// <summary>An empty or finished quotation: what follows is no assignment and no name.</summary>
    public void QuoteSeen()
    {
        Started = true;
        _nameOnly = false;
    }

    public void Unquoted(char c)
    {
        Started = true;
        TrackAssignment(c);
        TrackBraces(c);
        switch (c)
        {
            case '*' or '?':
                _wildcard = true;
                break;
            case '[':
                _bracketOpen = true;
                break;
            case ']' when _bracketOpen:
                _bracketClosed = true;
                _bracketOpen = false;
                break;
        }

        _literal.Append(c);
        _pattern.Append(c);
        _previous = c;
    }

    /// <summary>Something that only a shell knows stands here.</summary>
    public void Unknown()
    {
        Started = true;
        _opaque = true;
        _nameOnly = false;
        _literal.Append('*');
        _pattern.Append('*');
        _previous = '\0';
    }

    public ShellWord Build()
    {
        // the ? of an unquoted address asks a server, not the file system
        if (!_opaque && IsAddress()) return new ShellWord(_literal.ToString());
        var pattern = _wildcard || _bracketClosed || _opaque;
        return new ShellWord(pattern ? _pattern.ToString() : _literal.ToString(), pattern, _opaque);
    }

    private bool IsAddress()
    {
        const int longest = 8; // "https://"
        var head = _literal.ToString(0, Math.Min(_literal.Length, longest));
        return head.StartsWith("http://", StringComparison.Ordinal) || head.StartsWith("https://", StringComparison.Ordinal);
    }

    private void TrackAssignment(char c)
    {
        if (!_nameOnly) return;
        if (c == '=')
        {
            if (_literal.Length > 0) AssignmentName = _literal.ToString();
            _nameOnly = false;
        }
        else if (!(c == '_' || char.IsAsciiLetter(c) || (char.IsAsciiDigit(c) && _literal.Length > 0)))
        {
            _nameOnly = false;
        }
    }

    private void TrackBraces(char c)
    {
        if (c == '{') _braceDepth++;
        else if (c == '}' && _braceDepth > 0) _braceDepth--;
        else if (_braceDepth > 0 && (c == ',' || (c == '.' && _previous == '.'))) HasBraceExpansion = true;
    }
}
