using System.Text;

namespace ChatOps.Rendering;

/// <summary>Terminal output as plain text: colours and every other sequence dropped, a line that a carriage return began again shown as it was at the end, the rest inert.</summary>
public static class TerminalText
{
    private const char Escape = '\u001b';

    /// <summary>The text that a reader of the terminal would have seen, without colours.</summary>
    public static string Plain(string text)
    {
        if (text.AsSpan().IndexOfAny(Escape, '\r') < 0) return InertText.Of(text);
        var result = new StringBuilder(text.Length);
        var lineStart = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case Escape:
                    i = SequenceEnd(text, i) - 1;
                    break;
                case '\n':
                    result.Append('\n');
                    lineStart = result.Length;
                    break;
                case '\r' when i + 1 == text.Length || text[i + 1] is '\n' or '\r':
                    break;
                case '\r':
                    result.Length = lineStart;
                    break;
                default:
                    result.Append(text[i]);
                    break;
            }
        }

        return InertText.Of(result.ToString());
    }

    private static int SequenceEnd(string text, int start)
    {
        var i = start + 1;
        if (i >= text.Length) return i;
        switch (text[i])
        {
            case '[':
                for (i++; i < text.Length && text[i] is >= ' ' and <= '?'; i++)
                {
                }

                return i < text.Length && text[i] is >= '@' and <= '~' ? i + 1 : i;
            case ']' or 'P' or 'X' or '^' or '_':
                // A string sequence (title, hyperlink, device control) up to BEL or ESC \; one that never ends takes only its line.
                for (i++; i < text.Length && text[i] != '\n'; i++)
                {
                    if (text[i] == '\a') return i + 1;
                    if (text[i] == Escape) return i + 1 < text.Length && text[i + 1] == '\\' ? i + 2 : i;
                }

                return i;
            default:
                while (i < text.Length && text[i] is >= ' ' and <= '/') i++;
                return i < text.Length && text[i] is >= '0' and <= '~' ? i + 1 : i;
        }
    }
}
