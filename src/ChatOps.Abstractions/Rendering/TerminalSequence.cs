namespace ChatOps.Rendering;

/// <summary>Finds where a control sequence of a terminal ends, whether it is understood or not.</summary>
public static class TerminalSequence
{
    /// <summary>What every sequence begins with.</summary>
    public const char Escape = '\u001b';

    /// <summary>The index after the sequence.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where its <see cref="Escape"/> stands.</param>
    public static int End(string text, int start)
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
                // Any number of intermediate characters, then a final one: choosing a character set, saving the cursor, …
                while (i < text.Length && text[i] is >= ' ' and <= '/') i++;
                return i < text.Length && text[i] is >= '0' and <= '~' ? i + 1 : i;
        }
    }
}
