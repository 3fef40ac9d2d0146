namespace ChatOps.Secrets.Redaction;

/// <summary>Where a value stands.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Quoted">Whether quotes surround it.</param>
internal readonly record struct ValueSpan(int Start, int End, bool Quoted)
{
    private const int MaxName = 64;

    /// <summary>Reads the value of an XML element.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Its first character.</param>
    public static ValueSpan Element(ReadOnlySpan<char> text, int from)
    {
        var end = text[from..].IndexOf('<');
        return new ValueSpan(from, end < 0 ? LineEnd(text, from) : from + end, true);
    }

    /// <summary>Reads a value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Its first character, or its opening quote.</param>
    /// <param name="separator">What stood before it.</param>
    /// <param name="lineStart">Whether the name was the first thing on the line: then the rest of the line may belong to the value.</param>
    public static ValueSpan Read(ReadOnlySpan<char> text, int from, SeparatorKind separator, bool lineStart)
    {
        var wordEnd = 0;
        return Read(text, from, separator, lineStart, ref wordEnd);
    }

    /// <summary>Reads a value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Its first character, or its opening quote.</param>
    /// <param name="separator">What stood before it.</param>
    /// <param name="lineStart">Whether the name was the first thing on the line.</param>
    /// <param name="wordEnd">The end of the word that was read last: many names inside of one word then cost no more than one.</param>
    public static ValueSpan Read(ReadOnlySpan<char> text, int from, SeparatorKind separator, bool lineStart, ref int wordEnd)
    {
        if (InQuotes(text, from) is { } quoted)
            return quoted;

        var end = Math.Max(from, wordEnd);
        while (end < text.Length && !Ends(text, end))
            end++;
        wordEnd = end;
        end -= text[from..end].Length - text[from..end].TrimEnd(",").Length;

        // Behind a colon, or behind an equals sign with blanks, the rest of the line is the value: a password may hold blanks.
        if (lineStart && separator != SeparatorKind.Flag && end < text.Length && text[end] is ' ' or '\t' && (separator == SeparatorKind.Colon || text[from - 1] == ' '))
            end = RestOfLine(text, from);
        return new ValueSpan(from, end, false);
    }

    private static ValueSpan? InQuotes(ReadOnlySpan<char> text, int from)
    {
        var at = from;
        if (at + 1 < text.Length && text[at] is 'b' or 'r' or 'u' or '$' or '@' && text[at + 1] is '"' or '\'')
            at++;
        while (at < text.Length && text[at] == '\\')
            at++;
        if (at >= text.Length || text[at] is not ('"' or '\'' or '`'))
            return null;

        // An escaped quote opens what an equally escaped one closes: JSON inside of JSON.
        var level = at > from && text[at - 1] == '\\' ? at - from : 0;
        var quote = text[at];
        var start = at + 1;
        for (var end = start; ; end++)
        {
            var next = text[end..].IndexOf(quote);
            if (next < 0)
                return new ValueSpan(start, LineEnd(text, start), true);

            end += next;
            var slashes = 0;
            while (end - slashes > start && text[end - slashes - 1] == '\\')
                slashes++;
            if (level == 0 ? slashes % 2 == 0 : slashes <= level)
                return new ValueSpan(start, end - (level == 0 ? 0 : slashes), true);
        }
    }

    private static bool Ends(ReadOnlySpan<char> text, int at)
    {
        switch (text[at])
        {
            case ' ' or '\t' or '\n' or '\r' or '"' or '\'' or '`' or '<' or '>' or '\u00a0':
                return true;
            case '\\':
                return at + 1 < text.Length && text[at + 1] is '"' or 'n' or '\'' or 't' or 'r';
            case ';' or '&' or ',' or '|':
                return IsBorder(text, at + 1);
            case ')' or ']' or '}':
                return at + 1 >= text.Length || text[at + 1] is ' ' or '\t' or '\n' or '\r' or ',' or ';' or ')' or ']' or '}' or '"' or '\'' or '.';
            default:
                return false;
        }
    }

    // Whether what follows is the end, or the next name with its value: then the character separates, otherwise it belongs to the value.
    private static bool IsBorder(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || char.IsWhiteSpace(text[at]) || text[at] is '"' or '\'' or '&' or ';' or '}' or ')' or '|')
            return true;

        var name = text.Slice(at, Math.Min(MaxName, text.Length - at));
        var end = at + Alphabets.Run(name, Alphabets.Dotted);
        while (end < text.Length && end < at + MaxName && (text[end] == ' ' || char.IsAsciiLetterOrDigit(text[end])))
            end++;
        return end > at && end < text.Length && text[end] is '=' or ':';
    }

    private static int RestOfLine(ReadOnlySpan<char> text, int from)
    {
        var end = LineEnd(text, from);
        var comment = text[from..end].IndexOf(" #");
        if (comment >= 0)
            end = from + comment;
        return from + text[from..end].TrimEnd().Length;
    }

    private static int LineEnd(ReadOnlySpan<char> text, int from)
    {
        var end = text[from..].IndexOfAny('\n', '\r');
        return end < 0 ? text.Length : from + end;
    }
}
