using ChatOps.Fleet;

namespace ChatOps.Policy.Commands.Grammar;

internal sealed partial class ShellParser
{
    private const string NullDevice = "/dev/null";

    /// <summary>Most digits of a handle number.</summary>
    private const int HandleDigits = 9;

    private bool TryParseRedirect(List<ShellRedirect> redirects, List<CommandRedirection> runnable)
    {
        var digits = 0;
        while (digits < HandleDigits && char.IsAsciiDigit(Peek(digits))) digits++;
        var c = Peek(digits);
        var both = c == '&' && digits == 0 && Peek(1) == '>';
        if (!both && c is not ('<' or '>')) return false;
        var handle = digits == 0 ? -1 : int.Parse(_text.AsSpan(_at, digits), System.Globalization.CultureInfo.InvariantCulture);
        _at += digits;
        if (c is '<' or '>' && Peek(1) == '(')
        {
            ParseProcessSubstitution();
            return true;
        }

        var op = ReadOperator();
        SkipBlanks();
        if (_at >= _text.Length || (IsMeta(_text[_at]) && !(_text[_at] is '<' or '>' && Peek(1) == '('))) throw Unexpected();
        if (IsMeta(_text[_at]))
        {
            ParseProcessSubstitution();
            Note(ShellConstruct.WriteRedirection, "a process");
            return true;
        }

        var target = ReadWord(false, out _);
        redirects.Add(new ShellRedirect(handle, op, target));
        Classify(handle, op, target, runnable);
        return true;
    }

    private string ReadOperator()
    {
        foreach (var op in (ReadOnlySpan<string>)["<<<", "<<-", "<<", "<&", "<>", "<", "&>>", "&>", ">>", ">&", ">|", ">"])
        {
            if (string.CompareOrdinal(_text, _at, op, 0, op.Length) != 0) continue;
            _at += op.Length;
            return op;
        }

        throw Unexpected();
    }

    private void Classify(int handle, string op, ShellWord target, List<CommandRedirection> runnable)
    {
        var toNull = target is { IsLiteral: true, Text: NullDevice };
        switch (op)
        {
            case ">" or ">>" or ">|" when toNull && handle is -1 or 1:
                runnable.Add(CommandRedirection.StdoutToNull);
                break;
            case ">" or ">>" or ">|" when toNull && handle == 2:
                runnable.Add(CommandRedirection.StderrToNull);
                break;
            case "<" when toNull && handle is -1 or 0:
                runnable.Add(CommandRedirection.StdinFromNull);
                break;
            case ">&" when target is { IsLiteral: true, Text: "1" } && handle == 2:
                runnable.Add(CommandRedirection.StderrToStdout);
                break;
            case ">&" when target is { IsLiteral: true, Text: "2" } && handle is -1 or 1:
                runnable.Add(CommandRedirection.StdoutToStderr);
                break;
            case "<<" or "<<-":
                Note(ShellConstruct.HereDocument);
                _hereDocuments.Add((target.Loose, op == "<<-"));
                break;
            case "<<<":
                Note(ShellConstruct.HereString);
                break;
            case "&>" or "&>>":
                Note(ShellConstruct.RedirectBoth);
                break;
            case "<":
                Note(ShellConstruct.ReadRedirection, target.Loose);
                break;
            case ">" or ">>" or ">|" or "<>":
                Note(ShellConstruct.WriteRedirection, target.Loose);
                break;
            default:
                Note(ShellConstruct.HandleRedirection);
                break;
        }
    }

    private void ParseProcessSubstitution()
    {
        _at += 2;
        Note(ShellConstruct.ProcessSubstitution);
        ParseList([], ')');
        Expect(')');
    }

    /// <summary>Bodies are data of an unknown receiver: they are skipped, and the line asks anyway.</summary>
    private void ReadHereDocuments()
    {
        foreach (var (delimiter, stripTabs) in _hereDocuments)
        {
            while (_at < _text.Length)
            {
                var end = _text.IndexOf('\n', _at);
                if (end < 0) end = _text.Length;
                var line = _text.AsSpan(_at, end - _at);
                _at = Math.Min(end + 1, _text.Length);
                if ((stripTabs ? line.TrimStart('\t') : line).SequenceEqual(delimiter)) break;
            }
        }

        _hereDocuments.Clear();
    }
}
