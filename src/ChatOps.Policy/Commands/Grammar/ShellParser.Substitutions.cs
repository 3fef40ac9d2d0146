using System.Text;

namespace ChatOps.Policy.Commands.Grammar;

internal sealed partial class ShellParser
{
    private void ReadDollar(WordBuilder word, bool inDoubleQuotes)
    {
        var next = Peek(1);
        if (next == '(')
        {
            ReadDollarParenthesis(word);
        }
        else if (next == '{')
        {
            Note(ShellConstruct.ParameterExpansion);
            word.Unknown();
            _at += 2;
            SkipBraced();
        }
        else if (next == '_' || char.IsAsciiLetter(next))
        {
            Note(ShellConstruct.ParameterExpansion);
            word.Unknown();
            _at += 2;
            while (Peek() == '_' || char.IsAsciiLetterOrDigit(Peek())) _at++;
        }
        else if (next is '@' or '*' or '#' or '?' or '-' or '$' or '!' || char.IsAsciiDigit(next))
        {
            Note(ShellConstruct.ParameterExpansion);
            word.Unknown();
            _at += 2;
        }
        else
        {
            // bash gives $'…' and $"…" a meaning that dash does not: nobody can know which was meant
            if (!inDoubleQuotes && next is '\'' or '"') Note(ShellConstruct.AnsiQuoting);
            word.Quoted('$');
            _at++;
        }
    }

    private void ReadDollarParenthesis(WordBuilder word)
    {
        word.Unknown();
        if (Peek(2) == '(' && TrySkipArithmetic())
        {
            Note(ShellConstruct.ArithmeticExpansion);
            return;
        }

        Note(ShellConstruct.CommandSubstitution);
        _at += 2;
        ParseList([], ')');
        Expect(')');
    }

    /// <summary>
    /// $((…)): the two closing parentheses stand together. The look ahead is bounded; what does not fit in it is parsed as a
    /// substitution with a subshell and asks all the same.
    /// </summary>
    private bool TrySkipArithmetic()
    {
        const int lookAhead = 256;
        var depth = 0;
        var end = Math.Min(_text.Length, _at + 3 + lookAhead);
        for (var i = _at + 3; i < end; i++)
        {
            var c = _text[i];
            if (c is '`' or '\'' or '"' || (c == '$' && i + 1 < _text.Length && _text[i + 1] == '(')) return false;
            if (c == '(') depth++;
            if (c != ')') continue;
            if (depth-- > 0) continue;
            if (i + 1 >= _text.Length || _text[i + 1] != ')') return false;
            _at = i + 2;
            return true;
        }

        return false;
    }

    /// <summary>The inside of ${…}: quotes, nested expansions and substitutions count; the rest is skipped.</summary>
    private void SkipBraced()
    {
        if (++_depth > ShellLimits.Depth)
            throw new ShellSyntaxException("too-deep", $"it nests more than {ShellLimits.Depth} levels deep");
        var inside = new WordBuilder();
        while (true)
        {
            if (_at >= _text.Length) throw new ShellSyntaxException("syntax", "an expansion ${ is not closed");
            if (_text[_at] == '}') break;
            if (_text[_at] is '\'' or '"' or '$' or '`') ReadPart(inside);
            else _at += _text[_at] == '\\' && _at + 1 < _text.Length ? 2 : 1;
        }

        _at++;
        _depth--;
    }

    private void ReadBackquoted(WordBuilder word)
    {
        Note(ShellConstruct.CommandSubstitution);
        word.Unknown();
        var inner = new StringBuilder();
        _at++;
        while (true)
        {
            if (_at >= _text.Length) throw new ShellSyntaxException("syntax", "a back quote is not closed");
            var c = _text[_at++];
            if (c == '`') break;
            if (c == '\\' && Peek() is '`' or '\\' or '$') c = _text[_at++];
            inner.Append(c);
        }

        if (_depth >= ShellLimits.Depth)
            throw new ShellSyntaxException("too-deep", $"it nests more than {ShellLimits.Depth} levels deep");
        var nested = new ShellParser(inner.ToString(), _state, _depth, _function);
        nested.ParseList([], '\0');
        if (nested._at < nested._text.Length) throw nested.Unexpected();
    }
}
