using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ChatOps.Agent.Commands;

/// <summary>
/// Splits a line into words as a shell does: single quotes keep everything, double quotes keep all but <c>\" \\ \$ \`</c>,
/// a backslash keeps the next character. Nothing is expanded.
/// </summary>
internal static class ChatWords
{
    /// <summary>Splits a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="words">The words, in order.</param>
    /// <param name="error">An unclosed quote, for people.</param>
    /// <param name="open">Where the unclosed quote stands; -1 without one. The unfinished word is the last of <paramref name="words"/>.</param>
    public static bool TrySplit(string line, out List<ChatWord> words, [NotNullWhen(false)] out string? error, out int open)
    {
        words = [];
        error = null;
        open = -1;
        var position = 0;
        while (true)
        {
            while (position < line.Length && char.IsWhiteSpace(line[position])) position++;
            if (position >= line.Length) return true;
            words.Add(Read(line, ref position, out open));
            if (open < 0) continue;
            var quote = line[open] == '"' ? "double quote (\")" : "single quote (')";
            error = $"The {quote} at character {open + 1} is not closed: {Around(line, open)}. Close it, or put a backslash before it.";
            return false;
        }
    }

    private static ChatWord Read(string line, ref int position, out int open)
    {
        var start = position;
        var text = new StringBuilder();
        var quotedTo = -1;
        open = -1;
        while (position < line.Length && !char.IsWhiteSpace(line[position]))
        {
            var c = line[position];
            if (c is '"' or '\'')
            {
                var first = position == start;
                open = position;
                if (!ReadQuoted(line, ref position, c, text)) break;
                open = -1;
                if (first) quotedTo = position;
            }
            else if (c == '\\' && position + 1 < line.Length)
            {
                if (line[position + 1] != '\n') text.Append(line[position + 1]);
                position += 2;
            }
            else
            {
                text.Append(c);
                position++;
            }
        }
        return new ChatWord(text.ToString(), line[start..position], start, position, quotedTo == position);
    }

    private static bool ReadQuoted(string line, ref int position, char quote, StringBuilder text)
    {
        for (position++; position < line.Length; position++)
        {
            var c = line[position];
            if (c == quote)
            {
                position++;
                return true;
            }
            if (c == '\\' && quote == '"' && position + 1 < line.Length && line[position + 1] is '"' or '\\' or '$' or '`' or '\n')
            {
                position++;
                if (line[position] != '\n') text.Append(line[position]);
            }
            else
            {
                text.Append(c);
            }
        }
        return false;
    }

    private static string Around(string line, int at)
    {
        const int Shown = 20;
        return at + Shown >= line.Length ? line[at..] : line[at..(at + Shown)] + "…";
    }
}
