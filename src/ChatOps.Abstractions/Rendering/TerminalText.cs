using System.Text;

namespace ChatOps.Rendering;

/// <summary>Terminal output as plain text: colours and every other sequence dropped, a line that a carriage return began again shown as it was at the end, the rest inert.</summary>
public static class TerminalText
{
    /// <summary>The text that a reader of the terminal would have seen, without colours.</summary>
    public static string Plain(string text)
    {
        if (text.AsSpan().IndexOfAny(TerminalSequence.Escape, '\r') < 0) return InertText.Of(text);
        var result = new StringBuilder(text.Length);
        var lineStart = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case TerminalSequence.Escape:
                    i = TerminalSequence.End(text, i) - 1;
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
}
