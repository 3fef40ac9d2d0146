using ChatOps.Fleet;

namespace ChatOps.Policy.Commands.Grammar;

internal sealed partial class ShellParser
{
    /// <summary>command: simple, compound or a function definition. Only a simple command can be runnable without a shell.</summary>
    private SimpleCommand? ParseCommand(ShellCommand? upstream)
    {
        if (Peek() == '(')
        {
            _at++;
            Note(ShellConstruct.Subshell);
            ParseList([], ')');
            Expect(')');
            ParseTrailingRedirects();
            return null;
        }

        var bare = PeekBareWord();
        if (bare.Length > 0 && ParseCompound(bare))
        {
            ParseTrailingRedirects();
            return null;
        }

        return ParseSimple(upstream);
    }

    private SimpleCommand? ParseSimple(ShellCommand? upstream)
    {
        var words = new List<ShellWord>();
        var redirects = new List<ShellRedirect>();
        var runnable = new List<CommandRedirection>();
        var command = new ShellCommand(words, redirects) { Upstream = upstream, Function = _function };
        Register(command);
        var any = false;
        while (true)
        {
            SkipBlanks();
            if (TryParseRedirect(redirects, runnable))
            {
                any = true;
                continue;
            }

            if (_at >= _text.Length || IsMeta(_text[_at])) break;
            any = true;
            var word = ReadWord(words.Count == 0, out var assignment);
            if (assignment) continue;
            if (words.Count == 0)
            {
                SkipBlanks();
                if (Peek() == '(')
                {
                    ParseFunction(word.Loose);
                    return null;
                }

                if (word.IsPattern && !word.IsOpaque) Note(ShellConstruct.PatternProgram);
            }

            words.Add(word);
        }

        if (!any) throw Unexpected();
        if (words.Count == 0)
        {
            if (redirects.Count > 0) Note(ShellConstruct.WriteRedirection, redirects[0].Target.Text);
            return null;
        }

        return new SimpleCommand(words.ConvertAll(w => new CommandWord(w.Text, w.IsPattern)), runnable);
    }

    private void Register(ShellCommand command)
    {
        if (_state.Commands.Count >= ShellLimits.Commands)
            throw new ShellSyntaxException("too-many-commands", $"it has more than {ShellLimits.Commands} commands");
        _state.Commands.Add(command);
    }

    /// <summary>fname ( ) compound-command. The body's commands carry the name, so that a function calling itself is seen.</summary>
    private void ParseFunction(string name)
    {
        Expect('(');
        SkipBlanks();
        Expect(')');
        ParseFunctionBody(name);
    }

    private void ParseFunctionBody(string name)
    {
        Note(ShellConstruct.FunctionDefinition, name);
        SkipLines();
        var outer = _function;
        _function = name;
        if (_at >= _text.Length) throw Unexpected();
        ParseCommand(null);
        _function = outer;
    }

    private void ParseTrailingRedirects()
    {
        var redirects = new List<ShellRedirect>();
        while (true)
        {
            SkipBlanks();
            if (!TryParseRedirect(redirects, [])) break;
        }

        if (redirects.Count > 0) Register(new ShellCommand([], redirects) { Function = _function });
    }

    private void Expect(char c)
    {
        if (Peek() != c || _at >= _text.Length) throw Unexpected();
        _at++;
    }

    private void ExpectWord(string word)
    {
        SkipLines();
        if (!PeekBareWord().SequenceEqual(word)) throw Unexpected();
        _at += word.Length;
    }

    /// <summary>Compound commands. False when the word is no reserved word that opens one.</summary>
    private bool ParseCompound(ReadOnlySpan<char> word)
    {
        switch (word)
        {
            case "{":
                _at++;
                Note(ShellConstruct.Group);
                ParseList(["}"], '\0');
                ExpectWord("}");
                return true;
            case "if":
                _at += 2;
                Note(ShellConstruct.Compound, "if");
                ParseIf();
                return true;
            case "while" or "until":
                Note(ShellConstruct.Compound, word.ToString());
                _at += 5;
                ParseList(["do"], '\0');
                ParseLoopBody();
                return true;
            case "for" or "select":
                Note(ShellConstruct.Compound, word.ToString());
                _at += word.Length;
                ParseFor();
                return true;
            case "case":
                _at += 4;
                Note(ShellConstruct.Compound, "case");
                ParseCase();
                return true;
            case "function":
                _at += 8;
                SkipBlanks();
                var name = ReadWord(false, out _).Loose;
                SkipBlanks();
                if (Peek() == '(')
                {
                    ParseFunction(name);
                }
                else
                {
                    ParseFunctionBody(name);
                }

                return true;
            case "then" or "else" or "elif" or "fi" or "do" or "done" or "esac" or "}":
                throw Unexpected();
            default:
                return false;
        }
    }

    private void ParseIf()
    {
        ParseList(["then"], '\0');
        ExpectWord("then");
        while (true)
        {
            ParseList(["elif", "else", "fi"], '\0');
            SkipLines();
            if (PeekBareWord() is "elif")
            {
                _at += 4;
                ParseList(["then"], '\0');
                ExpectWord("then");
            }
            else if (PeekBareWord() is "else")
            {
                _at += 4;
                ParseList(["fi"], '\0');
                ExpectWord("fi");
                return;
            }
            else
            {
                ExpectWord("fi");
                return;
            }
        }
    }

    private void ParseLoopBody()
    {
        ExpectWord("do");
        ParseList(["done"], '\0');
        ExpectWord("done");
    }

    private void ParseFor()
    {
        SkipBlanks();
        ReadWord(false, out _);
        SkipLines();
        if (PeekBareWord() is "in")
        {
            _at += 2;
            SkipBlanks();
            while (_at < _text.Length && !IsMeta(_text[_at]))
            {
                ReadWord(false, out _);
                SkipBlanks();
            }
        }

        if (Peek() == ';') _at++;
        ParseLoopBody();
    }

    private void ParseCase()
    {
        SkipBlanks();
        ReadWord(false, out _);
        ExpectWord("in");
        while (true)
        {
            SkipLines();
            if (PeekBareWord() is "esac") break;
            if (Peek() == '(') _at++;
            while (true)
            {
                SkipBlanks();
                ReadWord(false, out _);
                SkipBlanks();
                if (Peek() != '|') break;
                _at++;
            }

            Expect(')');
            ParseList(["esac"], '\0');
            SkipLines();
            if (Peek() == ';' && Peek(1) == ';') _at += 2;
        }

        ExpectWord("esac");
    }
}
