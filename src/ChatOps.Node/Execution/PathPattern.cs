using System.Text;

namespace ChatOps.Node.Execution;

/// <summary>One component of a pathname pattern (POSIX 2.13): <c>*</c>, <c>?</c>, <c>[…]</c>, and a backslash that takes the next character literally.</summary>
internal static class PathPattern
{
    /// <summary>Whether the text holds an unquoted pattern character.</summary>
    /// <param name="pattern">One component.</param>
    public static bool IsPattern(ReadOnlySpan<char> pattern)
    {
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] == '\\')
                index++;
            else if (pattern[index] is '*' or '?' or '[')
                return true;
        }

        return false;
    }

    /// <summary>The text with its backslashes resolved.</summary>
    /// <param name="pattern">One component.</param>
    public static string Literal(ReadOnlySpan<char> pattern)
    {
        var text = new StringBuilder(pattern.Length);
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] == '\\' && index + 1 < pattern.Length)
                index++;
            text.Append(pattern[index]);
        }

        return text.ToString();
    }

    /// <summary>Whether a name matches; a leading dot only by a literal one. Time is bounded by pattern length × name length.</summary>
    /// <param name="pattern">One component.</param>
    /// <param name="name">A file name.</param>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (name.StartsWith(".") && !(pattern.StartsWith(".") || pattern.StartsWith("\\.")))
            return false;

        int at = 0, position = 0, starAt = -1, starPosition = 0;
        while (position < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                starAt = at++;
                starPosition = position;
            }
            else if (at < pattern.Length && MatchesOne(pattern[at..], name[position], out var length))
            {
                at += length;
                position++;
            }
            else if (starAt >= 0)
            {
                at = starAt + 1;
                position = ++starPosition;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].Trim('*').IsEmpty;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, char character, out int length)
    {
        length = 1;
        switch (pattern[0])
        {
            case '?':
                return true;
            case '\\' when pattern.Length > 1:
                length = 2;
                return pattern[1] == character;
            case '[' when PathBracket.TryMatch(pattern, character, out var matched, out var end):
                length = end;
                return matched;
            default:
                return pattern[0] == character;
        }
    }
}
