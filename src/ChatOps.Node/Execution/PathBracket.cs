namespace ChatOps.Node.Execution;

/// <summary>A bracket expression of a pathname pattern: sets, ranges, classes such as <c>[:digit:]</c>, negation with <c>!</c> or <c>^</c>.</summary>
internal static class PathBracket
{
    /// <summary>Judges one character; an expression without its closing bracket is no expression.</summary>
    /// <param name="pattern">Begins with the opening bracket.</param>
    /// <param name="character">The character of the name.</param>
    /// <param name="matched">Whether it matches.</param>
    /// <param name="length">The expression's length.</param>
    public static bool TryMatch(ReadOnlySpan<char> pattern, char character, out bool matched, out int length)
    {
        matched = false;
        length = 0;
        var at = 1;
        var negated = at < pattern.Length && pattern[at] is '!' or '^';
        if (negated)
            at++;

        var found = false;
        for (var first = true; at < pattern.Length; first = false)
        {
            if (pattern[at] == ']' && !first)
            {
                matched = found != negated;
                length = at + 1;
                return true;
            }

            if (pattern[at..].StartsWith("[:") && pattern[(at + 2)..].IndexOf(":]") is var end and >= 0)
            {
                found |= IsInClass(pattern.Slice(at + 2, end), character);
                at += end + 4;
                continue;
            }

            var low = Take(pattern, ref at);
            var high = low;
            if (at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
            {
                at++;
                high = Take(pattern, ref at);
            }

            found |= character >= low && character <= high;
        }

        return false;
    }

    private static char Take(ReadOnlySpan<char> pattern, ref int at)
    {
        if (pattern[at] == '\\' && at + 1 < pattern.Length)
            at++;
        return pattern[at++];
    }

    private static bool IsInClass(ReadOnlySpan<char> name, char character) => name switch
    {
        "alnum" => char.IsLetterOrDigit(character),
        "alpha" => char.IsLetter(character),
        "blank" => character is ' ' or '\t',
        "cntrl" => char.IsControl(character),
        "digit" => char.IsAsciiDigit(character),
        "graph" => !char.IsControl(character) && !char.IsWhiteSpace(character),
        "lower" => char.IsLower(character),
        "print" => !char.IsControl(character),
        "punct" => char.IsPunctuation(character) || char.IsSymbol(character),
        "space" => char.IsWhiteSpace(character),
        "upper" => char.IsUpper(character),
        "xdigit" => char.IsAsciiHexDigit(character),
        _ => false,
    };
}
