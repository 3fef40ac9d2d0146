namespace ChatOps.Policy.Commands.Judging;

/// <summary>Whether two path segments can name the same file. Never says no when the answer is yes.</summary>
internal static class GlobOverlap
{
    /// <summary>Compares a segment as written with a known name in which only <c>*</c> is special.</summary>
    /// <param name="segment">Literal text or a pattern in the form of <see cref="ChatOps.Fleet.CommandWord"/>.</param>
    /// <param name="isPattern">Which of the two.</param>
    /// <param name="known">The known name.</param>
    public static bool CanBeSame(ReadOnlySpan<char> segment, bool isPattern, string known)
    {
        if (!isPattern) return MatchesKnown(known, segment);

        // a leading dot is matched by a literal dot alone
        if (known[0] == '.' && segment.Length > 0 && segment[0] is '*' or '?' or '[') return false;
        // most names differ in their first or last character already
        if (segment.Length > 0 && IsPlain(segment[0]) && known[0] != '*' && segment[0] != known[0]) return false;
        if (segment.Length > 1 && IsPlain(segment[^1]) && segment[^2] != '\\' && known[^1] != '*' && segment[^1] != known[^1]) return false;
        Span<char> tokens = segment.Length <= 256 ? stackalloc char[segment.Length] : new char[segment.Length];
        var count = Tokenize(segment, tokens);
        return count < 0 || Overlap(tokens[..count], known);
    }

    /// <summary>Whether the pattern matches every ordinary name: <c>*</c>, <c>?*</c>, <c>.*</c> and the like.</summary>
    public static bool MatchesAlmostAll(ReadOnlySpan<char> segment) =>
        segment.IndexOf('*') >= 0 && segment.IndexOfAnyExcept("*?.") < 0;

    // Private tokens: a literal character stands for itself, '\u0001' for ?, a bracket expression, '\u0002' for *.
    private const char One = '\u0001';
    private const char Many = '\u0002';

    private static bool IsPlain(char c) => c is not ('*' or '?' or '[' or ']' or '\\');

    private static int Tokenize(ReadOnlySpan<char> segment, Span<char> tokens)
    {
        var n = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            switch (segment[i])
            {
                case '*':
                    tokens[n++] = Many;
                    break;
                case '?':
                    tokens[n++] = One;
                    break;
                case '[':
                    // the first character may be ] or, after ! or ^, too; a class [:x:] holds one more pair: take the last ] to be safe
                    var close = segment[(i + 1)..].LastIndexOf(']');
                    if (close < 0)
                    {
                        tokens[n++] = '[';
                        break;
                    }

                    if (segment[(i + 1)..(i + 1 + close)].IndexOfAny("[]") >= 0) return -1;
                    tokens[n++] = One;
                    i += close + 1;
                    break;
                case '\\' when i + 1 < segment.Length:
                    tokens[n++] = segment[++i];
                    break;
                default:
                    tokens[n++] = segment[i];
                    break;
            }
        }

        return n;
    }

    /// <summary>Both sides may hold <c>*</c>: one row of a table per character, so the time is the product of the lengths.</summary>
    private static bool Overlap(ReadOnlySpan<char> a, string b)
    {
        Span<bool> row = stackalloc bool[b.Length + 1];
        Span<bool> next = stackalloc bool[b.Length + 1];
        row[0] = true;
        for (var j = 0; j < b.Length && b[j] == '*'; j++) row[j + 1] = true;
        foreach (var token in a)
        {
            next.Clear();
            for (var j = 0; j <= b.Length; j++)
            {
                if (token == Many && row[j]) next[j] = true;
                if (j < b.Length && row[j] && b[j] == '*') next[j] = true;
                if (j == 0) continue;
                if (b[j - 1] == '*')
                {
                    if (next[j - 1] || row[j]) next[j] = true;
                }
                else if (token == Many)
                {
                    if (next[j - 1]) next[j] = true;
                }
                else if (row[j - 1] && (token == One || token == b[j - 1]))
                {
                    next[j] = true;
                }
            }

            if (!next.Contains(true)) return false;
            var swap = row;
            row = next;
            next = swap;
        }

        return row[b.Length];
    }

    private static bool MatchesKnown(string known, ReadOnlySpan<char> name)
    {
        var star = known.IndexOf('*', StringComparison.Ordinal);
        if (star < 0) return name.SequenceEqual(known);
        var last = known.LastIndexOf('*');
        if (star == last)
        {
            return name.Length >= known.Length - 1
                && name.StartsWith(known.AsSpan(0, star), StringComparison.Ordinal)
                && name.EndsWith(known.AsSpan(star + 1), StringComparison.Ordinal);
        }

        return Overlap(name, known);
    }
}
