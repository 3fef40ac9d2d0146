namespace ChatOps.Secrets.Redaction;

/// <summary>Where a token may begin or end.</summary>
internal static class Border
{
    private const int EscapeLength = 3;

    /// <summary>Whether a token may begin here: not in the middle of a word, except behind <c>%3D</c>, <c>\n</c> and the like.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the token would begin.</param>
    public static bool Before(ReadOnlySpan<char> text, int at)
    {
        if (at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || text[at - 1] == '_'))
            return true;

        return (at >= EscapeLength && text[at - EscapeLength] == '%' && char.IsAsciiHexDigit(text[at - 1]) && char.IsAsciiHexDigit(text[at - 2]))
            || (at >= 2 && text[at - 2] == '\\' && text[at - 1] is 'n' or 't' or 'r');
    }

    /// <summary>Whether a token of letters and digits may end here.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Behind the token.</param>
    public static bool After(ReadOnlySpan<char> text, int at) => at >= text.Length || !(char.IsLetterOrDigit(text[at]) || text[at] == '_');
}
