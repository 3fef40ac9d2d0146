using System.Text;

namespace ChatOps.Secrets.Neutral;

/// <summary>A line in which the cursor went back: progress bars that overwrite themselves, bold type made by striking twice.</summary>
internal static class TerminalLine
{
    /// <summary>The line as a terminal would show it in the end; what is invisible in it is still there.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="keepColours">Whether styling sequences stay.</param>
    public static string Resolve(ReadOnlySpan<char> line, bool keepColours)
    {
        // One cell a visible character; a style in front of it and marks behind it go with it.
        var cells = new List<string>();
        var cursor = 0;
        var style = new StringBuilder();
        for (var at = 0; at < line.Length;)
        {
            switch (line[at])
            {
                case '\r':
                    cursor = 0;
                    at++;
                    continue;
                case '\b':
                    cursor = Math.Max(0, cursor - 1);
                    at++;
                    continue;
            }

            if (TerminalSequence.Begins(line[at]) && TerminalSequence.LengthAt(line[at..]) is > 0 and var length)
            {
                var sequence = line.Slice(at, length);
                if (sequence is [TerminalSequence.Escape, '[', .., 'K'])
                    Erase(cells, cursor, sequence[2..^1]);
                else if (keepColours && TerminalSequence.IsStyle(sequence))
                    style.Append(sequence);
                at += length;
                continue;
            }

            var width = char.IsHighSurrogate(line[at]) && at + 1 < line.Length && char.IsLowSurrogate(line[at + 1]) ? 2 : 1;
            Put(cells, cursor++, $"{style}{line.Slice(at, width)}");
            style.Clear();
            at += width;
        }

        return string.Concat(cells) + style;
    }

    private static void Put(List<string> cells, int cursor, string cell)
    {
        if (cursor < cells.Count)
            cells[cursor] = cell;
        else
            cells.Add(cell);
    }

    // To the end of the line, to its start, or all of it.
    private static void Erase(List<string> cells, int cursor, ReadOnlySpan<char> mode)
    {
        if (mode is "" or "0")
        {
            if (cursor < cells.Count)
                cells.RemoveRange(cursor, cells.Count - cursor);
            return;
        }

        for (var index = 0; index < (mode is "1" ? Math.Min(cursor + 1, cells.Count) : cells.Count); index++)
            cells[index] = " ";
    }
}
