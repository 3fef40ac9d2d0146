using System.Text;
using ChatOps.Rendering;

namespace ChatOps.Console.Text;

/// <summary>
/// Reads terminal output: SGR sequences become styles, every other sequence is dropped, what remains is inert text. A carriage return
/// that something follows starts the line again, as progress bars do it.
/// </summary>
internal static class AnsiText
{
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
                case TerminalSequence.Escape:
                    var end = TerminalSequence.End(text, i);
                    if (text[(i + 1)..end] is ['[', .. var parameters, 'm'] && Codes(parameters) is { } codes)
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
                case '\r' when i + 1 == text.Length || text[i + 1] is '\n' or '\r':
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

    private static List<int>? Codes(string parameters)
    {
        var codes = new List<int>();
        foreach (var part in parameters.Split(';', ':'))
        {
            if (codes.Count == MaxCodes) return null;
            if (part.Length == 0) codes.Add(0);
            else if (int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var code)) codes.Add(code);
            else return null;
        }

        return codes;
    }
}
