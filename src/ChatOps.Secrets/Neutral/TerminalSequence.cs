using System.Buffers;

namespace ChatOps.Secrets.Neutral;

/// <summary>Measures terminal control sequences (ECMA-48), in their seven-bit and their eight-bit form.</summary>
internal static class TerminalSequence
{
    /// <summary>The escape character.</summary>
    public const char Escape = '\u001b';

    private const char Csi = '\u009b', Terminator = '\u009c', Bell = '\u0007', Cancel = '\u0018', Substitute = '\u001a';

    private static readonly SearchValues<char> StyleCharacters = SearchValues.Create("0123456789;:");

    /// <summary>Longest string (title, hyperlink, …) that counts as one; a longer one is text.</summary>
    public const int MaxString = 4096;

    /// <summary>Whether a character can begin a sequence.</summary>
    /// <param name="character">The character.</param>
    public static bool Begins(char character) => character == Escape || character is >= '\u0080' and <= '\u009f';

    /// <summary>The length of the complete sequence at the start of a text; zero when there is none or it is not complete.</summary>
    /// <param name="text">The text.</param>
    public static int LengthAt(ReadOnlySpan<char> text)
    {
        if (text[0] != Escape)
        {
            return text[0] switch
            {
                Csi => Control(text, 1),
                '\u0090' or '\u0098' or '\u009d' or '\u009e' or '\u009f' => String(text, 1),
                _ => 0,
            };
        }

        if (text.Length < 2)
            return 0;

        return text[1] switch
        {
            '[' => Control(text, 2),
            ']' or 'P' or 'X' or '^' or '_' => String(text, 2),
            >= ' ' and <= '/' => Intermediate(text),
            >= '0' and <= '~' => 2,
            _ => 0,
        };
    }

    /// <summary>Whether a complete sequence sets colours and styles only.</summary>
    /// <param name="sequence">The sequence.</param>
    public static bool IsStyle(ReadOnlySpan<char> sequence) =>
        sequence is [Escape, '[', .., 'm'] && !sequence[2..^1].ContainsAnyExcept(StyleCharacters);

    private static int Control(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is >= '0' and <= '?')
            at++;
        while (at < text.Length && text[at] is >= ' ' and <= '/')
            at++;
        return at < text.Length && text[at] is >= '@' and <= '~' ? at + 1 : 0;
    }

    private static int Intermediate(ReadOnlySpan<char> text)
    {
        var at = 1;
        while (at < text.Length && text[at] is >= ' ' and <= '/')
            at++;
        return at < text.Length && text[at] is >= '0' and <= '~' ? at + 1 : 0;
    }

    private static int String(ReadOnlySpan<char> text, int at)
    {
        for (var end = Math.Min(text.Length, MaxString); at < end; at++)
        {
            switch (text[at])
            {
                case Bell or Terminator:
                    return at + 1;
                case Escape when at + 1 < text.Length && text[at + 1] == '\\':
                    return at + 2;
                case Escape or Cancel or Substitute or '\n':
                    return 0;
            }
        }

        return 0;
    }
}
