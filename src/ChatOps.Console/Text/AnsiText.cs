using System.Text;

namespace ChatOps.Console.Text;

/// <summary>
/// Reads terminal output: SGR sequences become styles, every other sequence is dropped, what remains is inert text. A carriage return
/// without a newline starts the line again, as progress bars do it.
/// </summary>
internal static class AnsiText
{
    private const char Escape = '\u001b';
    private const int MaxCodes = 32;

    /// <summary>The lines with their styled runs. A newline at the very end does not make a line.</summary>
    public static IReadOnlyList<IReadOnlyList<AnsiRun>> Lines(string text)
    {
        var lines = new List<IReadOnlyList<AnsiRun>>();
        var line = new List<AnsiRun>();
        var run = new StringBuilder();
        var style = AnsiStyle.Plain;

        void EndRun()
        {
            if (run.Length == 0) return;
            line.Add(new AnsiRun(InertText.Of(run.ToString()), style.Classes));
            run.Clear();
        }

        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case Escape:
                    var end = Sequence(text, i, out var codes);
                    if (codes is not null)
                    {
                        EndRun();
                        style = style.After(codes);
                    }

                    i = end - 1;
                    break;
                case '\n':
                    EndRun();
                    lines.Add(line);
                    line = [];
                    break;
                case '\r' when i + 1 < text.Length && text[i + 1] == '\n':
                    break;
                case '\r':
                    run.Clear();
                    line = [];
                    break;
                default:
                    run.Append(text[i]);
                    break;
            }
        }

        EndRun();
        if (line.Count > 0) lines.Add(line);
        return lines;
    }

    // Returns the index after the sequence; codes are set for SGR only.
    private static int Sequence(string text, int start, out List<int>? codes)
    {
        codes = null;
        var i = start + 1;
        if (i >= text.Length) return i;
        switch (text[i])
        {
            case '[':
                for (i++; i < text.Length && text[i] is >= ' ' and <= '?'; i++)
                {
                }

                if (i < text.Length && text[i] == 'm') codes = Codes(text.AsSpan(start + 2, i - start - 2));
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

    private static List<int>? Codes(ReadOnlySpan<char> parameters)
    {
        var codes = new List<int>();
        foreach (var part in parameters.ToString().Split(';', ':'))
        {
            if (codes.Count == MaxCodes) return null;
            if (part.Length == 0) codes.Add(0);
            else if (int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var code)) codes.Add(code);
            else return null;
        }

        return codes;
    }
}
