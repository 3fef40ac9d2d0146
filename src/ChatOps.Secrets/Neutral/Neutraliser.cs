using System.Globalization;
using System.Text;

namespace ChatOps.Secrets.Neutral;

/// <summary>
/// Makes text harmless for every reader: well-formed terminal sequences are removed, lines that a program overwrote show their last state, and what
/// could hide or reorder text becomes visible.
/// </summary>
internal static class Neutraliser
{
    /// <summary>Neutralises a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keepColours">Whether styling sequences stay.</param>
    public static string Neutralise(string text, bool keepColours)
    {
        if (!text.AsSpan().ContainsAny(InvisibleCharacters.Suspects))
            return text;

        var output = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf('\n');
            var line = end < 0 ? rest : rest[..end];
            if (line.ContainsAny(InvisibleCharacters.Suspects))
                Line(line, keepColours, output);
            else
                output.Append(line);
            if (end < 0)
                break;
            output.Append('\n');
            rest = rest[(end + 1)..];
        }

        return output.ToString();
    }

    private static void Line(ReadOnlySpan<char> line, bool keepColours, StringBuilder output)
    {
        line = line.TrimEnd('\r');

        // Halves of surrogate pairs could meet when what stands between them is removed.
        if (line.ContainsAnyInRange('\ud800', '\udfff'))
            line = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(line.ToArray()));
        if (line.IndexOfAny('\r', '\b') >= 0)
            line = TerminalLine.Resolve(line, keepColours);
        for (var at = 0; at < line.Length;)
            at += Next(line, at, keepColours, output);
    }

    // Writes what becomes of the next character or sequence, and says how many characters that were.
    private static int Next(ReadOnlySpan<char> line, int at, bool keepColours, StringBuilder output)
    {
        var character = line[at];
        if (!InvisibleCharacters.Suspects.Contains(character))
        {
            var run = line[at..].IndexOfAny(InvisibleCharacters.Suspects);
            run = run < 0 ? line.Length - at : run;
            output.Append(line.Slice(at, run));
            return run;
        }

        if (TerminalSequence.Begins(character) && TerminalSequence.LengthAt(line[at..]) is > 0 and var length)
        {
            if (keepColours && TerminalSequence.IsStyle(line.Slice(at, length)))
                output.Append(line.Slice(at, length));
            return length;
        }

        if (!InvisibleCharacters.IsInvisible(line, at, out var width))
            output.Append(line.Slice(at, width));
        else
            output.Append(Visible(line.Slice(at, width)));
        return width;
    }

    // ␀ to ␡ have pictures of their own; the rest is named by its number.
    private static string Visible(ReadOnlySpan<char> character)
    {
        var point = character.Length == 2 ? char.ConvertToUtf32(character[0], character[1]) : character[0];
        return point switch
        {
            < 0x20 => ((char)(0x2400 + point)).ToString(),
            0x7F => "\u2421",
            _ => string.Create(CultureInfo.InvariantCulture, $"⟨U+{point:X4}⟩"),
        };
    }
}
