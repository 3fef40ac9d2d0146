namespace ChatOps.Policy.Commands.Grammar;

internal sealed partial class ShellParser
{
    /// <summary>Reads the word at the cursor, which is not a metacharacter.</summary>
    /// <param name="leading">Whether it stands before the program's name, where NAME=value is an assignment.</param>
    /// <param name="assignment">Whether it was one.</param>
    private ShellWord ReadWord(bool leading, out bool assignment)
    {
        if (++_state.Words > ShellLimits.Words)
            throw new ShellSyntaxException("too-many-words", $"it has more than {ShellLimits.Words} words");
        var word = new WordBuilder();
        var start = _at;
        while (_at < _text.Length && !IsMeta(_text[_at])) ReadPart(word);
        if (_at == start) throw Unexpected();
        assignment = leading && word.AssignmentName is not null;
        if (assignment) Note(ShellConstruct.Assignment, word.AssignmentName!);
        if (word.HasBraceExpansion) Note(ShellConstruct.BraceExpansion);
        if (word.HasQuotedBracket) Note(ShellConstruct.QuotedBracket);
        var built = word.Build();
        if (built.IsPattern && (_state.PatternLength += built.Text.Length) > ShellLimits.PatternLength)
            throw new ShellSyntaxException("too-many-patterns", $"its patterns have more than {ShellLimits.PatternLength} characters together");
        return built;
    }

    private void ReadPart(WordBuilder word)
    {
        var c = _text[_at];
        switch (c)
        {
            case '\\':
                ReadBackslash(word);
                break;
            case '\'':
                ReadSingleQuoted(word);
                break;
            case '"':
                ReadDoubleQuoted(word);
                break;
            case '$':
                ReadDollar(word, false);
                break;
            case '`':
                ReadBackquoted(word);
                break;
            case '~' when !word.Started:
                Note(ShellConstruct.TildeExpansion);
                word.Unknown();
                _at++;
                break;
            default:
                if (c > '~') Note(ShellConstruct.NonAscii);
                else if (c < ' ') Note(ShellConstruct.ControlCharacter);
                word.Unquoted(c);
                _at++;
                break;
        }
    }

    private void ReadBackslash(WordBuilder word)
    {
        if (_at + 1 >= _text.Length)
        {
            Note(ShellConstruct.TrailingBackslash);
            word.Quoted('\\');
            _at++;
            return;
        }

        if (_text[_at + 1] == '\n')
        {
            SkipContinuation();
            return;
        }

        AddQuoted(word, _text[_at + 1], false);
        _at += 2;
    }

    private void ReadSingleQuoted(WordBuilder word)
    {
        word.QuoteSeen();
        var end = _text.IndexOf('\'', _at + 1);
        if (end < 0) throw new ShellSyntaxException("syntax", "a single quote is not closed");
        for (var i = _at + 1; i < end; i++) AddQuoted(word, _text[i], true);
        _at = end + 1;
    }

    /// <summary>In double quotes a backslash is special before $ ` " \ and a newline, and an ordinary character before everything else.</summary>
    private void ReadDoubleQuoted(WordBuilder word)
    {
        word.QuoteSeen();
        _at++;
        while (true)
        {
            if (_at >= _text.Length) throw new ShellSyntaxException("syntax", "a double quote is not closed");
            var c = _text[_at];
            switch (c)
            {
                case '"':
                    _at++;
                    return;
                case '\\' when Peek(1) is '$' or '`' or '"' or '\\':
                    word.Quoted(_text[_at + 1]);
                    _at += 2;
                    break;
                case '\\' when Peek(1) == '\n':
                    SkipContinuation();
                    break;
                case '$':
                    ReadDollar(word, true);
                    break;
                case '`':
                    ReadBackquoted(word);
                    break;
                default:
                    AddQuoted(word, c, true);
                    _at++;
                    break;
            }
        }
    }

    private void AddQuoted(WordBuilder word, char c, bool inQuotes)
    {
        if (char.IsControl(c) && c != '\t') Note(c == '\n' ? ShellConstruct.Newline : ShellConstruct.ControlCharacter);
        else if (!inQuotes && c > '~') Note(ShellConstruct.NonAscii);
        word.Quoted(c);
    }
}
