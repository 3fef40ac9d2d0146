namespace ChatOps.Policy.Commands.Languages;

/// <summary>Decides whether a sed script only edits the stream: no files written or read, nothing executed.</summary>
internal static class SedScript
{
    /// <summary>Why the script may do more; null when it only edits the stream.</summary>
    public static string? Problem(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\t' or ';' or '}')
            {
                at++;
                continue;
            }

            if (!SkipAddresses(text, ref at)) return "an address of the sed script cannot be read";
            if (at >= text.Length) return "the sed script ends in an address";
            var command = text[at++];
            switch (command)
            {
                case '{' or '=' or 'd' or 'D' or 'g' or 'G' or 'h' or 'H' or 'n' or 'N' or 'p' or 'P' or 'x' or 'z' or 'F':
                    break;
                case '#':
                    return null;
                case 'l' or 'L' or 'q' or 'Q':
                    while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == ' ')) at++;
                    break;
                case ':' or 'b' or 't' or 'T':
                    while (at < text.Length && text[at] is not (';' or '}')) at++;
                    break;
                case 'a' or 'i' or 'c':
                    return null; // the rest is text
                case 's':
                    if (Substitute(text, ref at) is { } problem) return problem;
                    break;
                case 'y':
                    if (!SkipDelimited(text, ref at, 2)) return "a y command of the sed script cannot be read";
                    break;
                case 'w' or 'W':
                    return "the sed script writes to a file";
                case 'r' or 'R':
                    return "the sed script reads another file";
                case 'e':
                    return "the sed script runs a program";
                default:
                    return $"the sed script uses the command {(command is > ' ' and <= '~' ? command : '?')}, which is not known to be harmless";
            }

            while (at < text.Length && text[at] is ' ' or '\t') at++;
            if (at < text.Length && text[at] is not (';' or '}' or '#') && command != '{') return "the sed script cannot be read";
        }

        return null;
    }

    private static string? Substitute(string text, ref int at)
    {
        if (!SkipDelimited(text, ref at, 2)) return "an s command of the sed script cannot be read";
        for (; at < text.Length && text[at] is not (';' or '}' or ' ' or '\t' or '#'); at++)
        {
            var flag = text[at];
            if (flag == 'e') return "the sed script runs a program";
            if (flag is 'w' or 'W') return "the sed script writes to a file";
            if (!char.IsAsciiDigit(flag) && flag is not ('g' or 'p' or 'i' or 'I' or 'm' or 'M')) return "an s command of the sed script cannot be read";
        }

        return null;
    }

    private static bool SkipAddresses(string text, ref int at)
    {
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsAsciiDigit(c) || c is '$' or ',' or '~' or '+' or '!' or ' ' or '\t')
            {
                at++;
            }
            else if (c is '/' or '\\')
            {
                if (c == '\\') at++;
                if (!SkipDelimited(text, ref at, 1)) return false;
                while (at < text.Length && text[at] is 'I' or 'M') at++;
            }
            else
            {
                break;
            }
        }

        return true;
    }

    /// <summary>Skips delimiter and parts. A delimiter inside […] is read differently by different seds, so it is refused.</summary>
    private static bool SkipDelimited(string text, ref int at, int parts)
    {
        if (at >= text.Length) return false;
        var delimiter = text[at++];
        if (delimiter is '\\' or '\n' or '[' or ']' || char.IsAsciiLetterOrDigit(delimiter)) return false;
        for (var part = 0; part < parts; part++)
        {
            var bracket = false;
            while (true)
            {
                if (at >= text.Length) return false;
                var c = text[at++];
                if (c == '\\')
                {
                    if (bracket && at < text.Length && text[at] == delimiter) return false;
                    at++;
                }
                else if (c == delimiter)
                {
                    if (bracket) return false;
                    break;
                }
                else if (part == 0 && c == '[')
                {
                    bracket = true;
                }
                else if (c == ']')
                {
                    bracket = false;
                }
            }
        }

        return true;
    }
}
