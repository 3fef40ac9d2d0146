using System.Text;

namespace ChatOps.Cli.Terminal;

/// <summary>Makes text from outside harmless for a terminal. The gateway does so too; a terminal trusts nobody.</summary>
internal static class TerminalText
{
    private const char Escape = '\u001b';
    private const char Replacement = '\uFFFD';
    private const int LongestColour = 32;

    /// <summary>Text without any control character but newline and tab; colour sequences stay when asked.</summary>
    public static string Inert(string text, bool colours = false)
    {
        if (!NeedsWork(text)) return text;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Escape && ColourLength(text, i) is > 0 and var length)
            {
                if (colours) result.Append(text, i, length);
                i += length - 1;
            }
            else if (!IsControl(text[i]))
            {
                result.Append(text[i]);
            }
            else if (text[i] != '\r' || i + 1 >= text.Length || text[i + 1] != '\n')
            {
                result.Append(text[i] == '\r' ? '\n' : Replacement);
            }
        }

        return result.ToString();
    }

    private static bool NeedsWork(string text)
    {
        foreach (var c in text)
        {
            if (IsControl(c)) return true;
        }

        return false;
    }

    // C0, DEL and C1 except newline and tab; bidirectional controls, because they make text look like another text.
    private static bool IsControl(char c) =>
        c is (< ' ' and not '\n' and not '\t') or (>= '\u007f' and <= '\u009f') or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static int ColourLength(string text, int start)
    {
        if (start + 2 >= text.Length || text[start + 1] != '[') return 0;
        for (var i = start + 2; i < text.Length && i - start < LongestColour; i++)
        {
            if (text[i] == 'm') return i - start + 1;
            if (!char.IsAsciiDigit(text[i]) && text[i] is not (';' or ':')) return 0;
        }

        return 0;
    }
}
