using ChatOps.Fleet;

namespace ChatOps.Policy.Commands.Grammar;

/// <summary>
/// A recursive descent parser for POSIX shell command lines (XCU 2.10) and the common extensions of bash. It reads each character a bounded
/// number of times and never goes back. It keeps what the judges need: every simple command at any depth, the runnable form where there is
/// one, and otherwise the constructs that stand in the way.
/// </summary>
internal sealed partial class ShellParser
{
    private readonly string _text;
    private readonly State _state;
    private int _at;
    private int _depth;
    private string? _function;
    private readonly List<CommandPipeline> _pipelines = [];
    private readonly List<(string Delimiter, bool StripTabs)> _hereDocuments = [];

    private ShellParser(string text, State state, int depth, string? function)
    {
        _text = text;
        _state = state;
        _depth = depth;
        _function = function;
    }

    /// <summary>Parses one line. Never throws.</summary>
    public static ParsedLine Parse(string text)
    {
        var trimmed = text.Trim(' ', '\t', '\n');
        if (trimmed.EndsWith('\\') && trimmed.Length < text.TrimStart(' ', '\t', '\n').Length)
            trimmed = text; // the blank at the end is escaped
        var state = new State();
        var parser = new ShellParser(trimmed, state, 0, null);
        try
        {
            parser.ParseList([], '\0');
            if (parser._at < trimmed.Length) throw parser.Unexpected();
        }
        catch (ShellSyntaxException e)
        {
            return new ParsedLine(state.Commands, state.Notes, null, e.Message, e.Rule);
        }

        var program = state.Notes.Count == 0 && parser._pipelines.Count > 0 ? new CommandProgram(parser._pipelines) : null;
        return new ParsedLine(state.Commands, state.Notes, program, null, null);
    }

    /// <summary>list: and-or lists separated by ; &amp; and newlines, up to a closing character or one of the reserved words.</summary>
    private void ParseList(ReadOnlySpan<string> stops, char close)
    {
        if (++_depth > ShellLimits.Depth)
            throw new ShellSyntaxException("too-deep", $"it nests more than {ShellLimits.Depth} levels deep");
        while (true)
        {
            SkipLines();
            if (AtListEnd(stops, close)) break;
            var start = _state.Commands.Count;
            ParseAndOr();
            SkipBlanks();
            if (Peek() == '&')
            {
                _at++;
                Note(ShellConstruct.Background);
                for (var i = start; i < _state.Commands.Count; i++) _state.Commands[i].InBackground = true;
            }
            else if (Peek() == ';' && Peek(1) != ';')
            {
                _at++;
            }
            else if (Peek() != '\n')
            {
                if (AtListEnd(stops, close)) break;
                throw Unexpected();
            }
        }

        _depth--;
    }

    private bool AtListEnd(ReadOnlySpan<string> stops, char close)
    {
        if (_at >= _text.Length) return true;
        if (close != '\0' && Peek() == close) return true;
        if (Peek() == ';' && Peek(1) == ';') return true;
        if (stops.Length == 0) return false;
        var bare = PeekBareWord();
        foreach (var stop in stops)
            if (bare.SequenceEqual(stop)) return true;
        return false;
    }

    private void ParseAndOr()
    {
        var join = CommandJoin.Always;
        while (true)
        {
            ParsePipeline(join);
            SkipBlanks();
            if (Peek() == '&' && Peek(1) == '&') join = CommandJoin.And;
            else if (Peek() == '|' && Peek(1) == '|') join = CommandJoin.Or;
            else return;
            _at += 2;
            SkipLines();
        }
    }

    private void ParsePipeline(CommandJoin join)
    {
        SkipBlanks();
        var negate = false;
        if (PeekBareWord() is "!")
        {
            negate = true;
            _at++;
            SkipBlanks();
        }

        var start = _state.Commands.Count;
        ShellCommand? upstream = null;
        var parts = new List<SimpleCommand>();
        var piped = false;
        while (true)
        {
            var before = _state.Commands.Count;
            if (ParseCommand(upstream) is { } part) parts.Add(part);
            if (_state.Commands.Count > before) upstream = _state.Commands[^1];
            SkipBlanks();
            if (Peek() != '|' || Peek(1) == '|') break;
            _at++;
            piped = true;
            if (Peek() == '&')
            {
                _at++;
                Note(ShellConstruct.PipeBoth);
            }

            SkipLines();
        }

        if (piped)
            for (var i = start; i < _state.Commands.Count; i++) _state.Commands[i].InPipe = true;
        if (_depth == 1 && parts.Count > 0) _pipelines.Add(new CommandPipeline(join, negate, parts));
    }

    /// <summary>Blanks, continued lines and comments.</summary>
    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c is ' ' or '\t') _at++;
            else if (c == '\\' && Peek(1) == '\n') SkipContinuation();
            else if (c == '#') SkipComment();
            else return;
        }
    }

    /// <summary>A comment starts where a word could start; the callers stand exactly there.</summary>
    private void SkipComment()
    {
        var end = _text.IndexOf('\n', _at);
        if (end < 0) end = _text.Length;
        NoteCharacters(_text.AsSpan(_at, end - _at));
        _at = end;
    }

    private void SkipContinuation()
    {
        Note(ShellConstruct.Newline);
        _at += 2;
    }

    private void SkipLines()
    {
        while (true)
        {
            SkipBlanks();
            if (Peek() != '\n') return;
            Note(ShellConstruct.Newline);
            _at++;
            ReadHereDocuments();
        }
    }

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    /// <summary>An unquoted reserved word or brace at the cursor; empty when what stands there cannot be one.</summary>
    private ReadOnlySpan<char> PeekBareWord()
    {
        const int longest = 8; // "function"
        var end = _at;
        while (end < _text.Length && end - _at <= longest && (char.IsAsciiLetter(_text[end]) || _text[end] is '{' or '}' or '!')) end++;
        return end == _text.Length || IsMeta(_text[end]) ? _text.AsSpan(_at, end - _at) : [];
    }

    private static bool IsMeta(char c) => c is ' ' or '\t' or '\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')';

    private void Note(ShellConstruct construct, string detail = "")
    {
        if (_state.Notes.Count < ShellLimits.Commands) _state.Notes.Add(new ShellNote(construct, detail));
    }

    private void NoteCharacters(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) && c != '\t') Note(ShellConstruct.ControlCharacter);
            else if (c > '~') Note(ShellConstruct.NonAscii);
            else continue;
            return;
        }
    }

    private ShellSyntaxException Unexpected() => new(
        "syntax",
        _at >= _text.Length ? "it ends too early" : $"there is an unexpected '{Shown(_text[_at])}' at character {_at + 1}");

    private static string Shown(char c) => c == '\n' ? "\\n" : c is < ' ' or > '~' ? $"\\u{(int)c:x4}" : c.ToString();

    /// <summary>What a line and the substitutions inside it share.</summary>
    private sealed class State
    {
        public List<ShellCommand> Commands { get; } = [];
        public List<ShellNote> Notes { get; } = [];
        public int Words { get; set; }
        public int PatternLength { get; set; }
    }
}
