using System.Collections.Frozen;

namespace ChatOps.Policy.Commands.Languages;

/// <summary>
/// Decides whether an awk program only computes and prints. It reads tokens, not the grammar, and is strict where awk's own reading depends on more
/// than the token before.
/// </summary>
internal static class AwkProgram
{
    // Wherever they stand, strings and expressions included: a misread string can then hide nothing.
    private static readonly FrozenSet<string> Refused = new[]
    {
        "system", "getline", "close", "fflush", "ENVIRON", "ARGV", "ARGC", "ARGIND", "PROCINFO", "SYMTAB", "FUNCTAB", "function", "func", "switch", "case",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Functions = new[]
    {
        "length", "substr", "index", "split", "sub", "gsub", "match", "sprintf", "sin", "cos", "atan2", "exp", "log", "sqrt", "int", "rand", "srand",
        "tolower", "toupper", "strftime", "systime", "mktime", "gensub", "asort", "asorti", "strtonum", "and", "or", "xor", "lshift", "rshift", "compl",
        "patsplit", "print", "printf", "if", "while", "for", "return", "exit", "in", "delete", "else", "do", "BEGIN", "END",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Keywords = new[]
    {
        "print", "printf", "if", "while", "for", "return", "exit", "in", "else", "do", "next", "nextfile", "break", "continue", "BEGIN", "END", "delete",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Why the program may do more; null when it only computes and prints.</summary>
    public static string? Problem(string text)
    {
        if (RefusedWord(text) is { } word) return $"the awk program uses {word}";
        if (text.Contains('@', StringComparison.Ordinal) && !OnlyInStrings(text, '@')) return "the awk program uses @";
        var previous = Token.Start;
        var brackets = new Stack<bool>(); // true: the condition of if, while, for
        var printDepth = -1;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (c is ' ' or '\t')
            {
                i++;
                continue;
            }

            if (c == '#') return null; // the rest is a comment: there are no further lines
            if (c == '"')
            {
                if ((i = SkipString(text, i)) < 0) return "a string of the awk program is not closed";
                previous = Token.Operand;
                continue;
            }

            if (char.IsAsciiLetter(c) || c == '_')
            {
                var start = i;
                while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_')) i++;
                var name = text[start..i];
                if (name is "print" or "printf") printDepth = brackets.Count;
                var next = i;
                while (next < text.Length && text[next] is ' ' or '\t') next++;
                if (next < text.Length && text[next] == '(' && !Functions.Contains(name) && (text[i] == '(' || !IsVariable(name)))
                    return $"the awk program calls {name}, which is not known to be harmless";
                previous = name is "if" or "while" or "for" ? Token.Condition : name == "length" ? Token.Length : Keywords.Contains(name) ? Token.Operator : Token.Operand;
                continue;
            }

            if (char.IsAsciiDigit(c))
            {
                i++;
                previous = Token.Operand;
                continue;
            }

            switch (c)
            {
                case '/' when previous is Token.Operand:
                    previous = Token.Operator;
                    i++;
                    break;
                case '/' when previous is Token.Length:
                    return "the awk program can be read in two ways at a slash";
                case '/':
                    if ((i = SkipRegex(text, i)) < 0) return "an expression of the awk program is not closed or can be read in two ways";
                    previous = Token.Operand;
                    break;
                case '(':
                    brackets.Push(previous == Token.Condition);
                    previous = Token.Operator;
                    i++;
                    break;
                case ')':
                    if (brackets.Count == 0) return "the awk program has an unexpected )";
                    previous = brackets.Pop() ? Token.Operator : Token.Operand;
                    if (printDepth > brackets.Count) printDepth = -1;
                    i++;
                    break;
                case ']':
                    previous = Token.Operand;
                    i++;
                    break;
                case '}' or '{' or ';':
                    printDepth = -1;
                    previous = Token.Operator;
                    i++;
                    break;
                case '|':
                    if (i + 1 >= text.Length || text[i + 1] != '|') return "the awk program uses a pipe";
                    previous = Token.Operator;
                    i += 2;
                    break;
                case '>':
                    if (printDepth >= 0 && brackets.Count <= printDepth) return "the awk program writes to a file";
                    if (i + 1 < text.Length && text[i + 1] == '>') return "the awk program writes to a file";
                    previous = Token.Operator;
                    i++;
                    break;
                case '+' or '-' when i + 1 < text.Length && text[i + 1] == c:
                    i += 2; // ++ and -- leave an operand an operand
                    break;
                case < ' ' or > '~' or '`' or '\'' or '\\' or '@':
                    return "the awk program has characters that awk does not know";
                default:
                    previous = Token.Operator;
                    i++;
                    break;
            }
        }

        return null;
    }

    private enum Token
    {
        Start,
        Operand,
        Operator,
        Condition,
        Length,
    }

    /// <summary>A name with a blank before the parenthesis is a concatenation when it is no function of the language.</summary>
    private static bool IsVariable(string name) => name.Length > 0 && (char.IsUpper(name[0]) || name.Length <= 2);

    private static string? RefusedWord(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetter(text[i]) && text[i] != '_') continue;
            var start = i;
            while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_')) i++;
            if (Refused.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text.AsSpan(start, i - start), out var found)) return found;
        }

        return null;
    }

    private static bool OnlyInStrings(string text, char wanted)
    {
        // an e-mail address in an expression or a string; @include, @load and @f(x) begin a statement or call a name
        for (var i = text.IndexOf(wanted, StringComparison.Ordinal); i >= 0; i = text.IndexOf(wanted, i + 1))
            if (i == 0 || text[i - 1] is ' ' or '\t' or ';' or '{' or '}' or '(' or '=' or ',') return false;
        return true;
    }

    private static int SkipString(string text, int i)
    {
        for (i++; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i + 1;
        }

        return -1;
    }

    /// <summary>A slash inside […] ends the expression in some awks and not in others: refused.</summary>
    private static int SkipRegex(string text, int i)
    {
        var bracket = false;
        for (i++; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    bracket = true;
                    break;
                case ']':
                    bracket = false;
                    break;
                case '/':
                    return bracket ? -1 : i + 1;
            }
        }

        return -1;
    }
}
