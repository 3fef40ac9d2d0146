using System.Text;

namespace ChatOps.Checks.Probes;

/// <summary>Patterns of command lines.</summary>
internal static class ProcessPattern
{
    /// <summary>
    /// The same pattern in a form that does not match its own text: the first character of each alternative stands in a class of one. The command line of the shell that counts holds the pattern too, and
    /// a program that is missing would be found there.
    /// </summary>
    public static string NotItself(string pattern)
    {
        var text = new StringBuilder();
        var (begins, inClass) = (true, false);
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (begins && !inClass && (char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-')) text.Append('[').Append(c).Append(']');
            else text.Append(c);
            if (c == '\\' && i + 1 < pattern.Length) text.Append(pattern[++i]);
            begins = !inClass && c is '|' or '(' or '^';
            inClass = inClass ? c != ']' : c == '[';
        }

        return text.ToString();
    }
}
