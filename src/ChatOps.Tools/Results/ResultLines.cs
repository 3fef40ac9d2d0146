namespace ChatOps.Tools.Results;

/// <summary>What was found in a kept result.</summary>
/// <param name="Lines">The lines with their numbers from 1; long ones are cut.</param>
/// <param name="Matching">How many lines hold the text, or come into question.</param>
/// <param name="Total">How many lines there are.</param>
internal sealed record ResultLines(IReadOnlyList<(long Number, string Text)> Lines, long Matching, long Total)
{
    /// <summary>Longest part of one line that is shown.</summary>
    public const int MaxCharacters = 500;

    /// <summary>Most characters of all lines together.</summary>
    public const int MaxWhole = 20_000;

    /// <summary>Reads through a text, whatever its size, keeping no more than is shown.</summary>
    /// <param name="text">The whole.</param>
    /// <param name="holds">What a line must hold; null for anything.</param>
    /// <param name="from">The first line that counts.</param>
    /// <param name="count">Lines at most.</param>
    /// <param name="last">Whether the last ones are wanted.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<ResultLines> ReadAsync(TextReader text, string? holds, long from, int count, bool last, CancellationToken cancellationToken)
    {
        var kept = new Queue<(long, string)>();
        var (total, matching, characters) = (0L, 0L, 0);
        while (await text.ReadLineAsync(cancellationToken) is { } line)
        {
            total++;
            if (total < from || (holds is not null && !line.Contains(holds, StringComparison.OrdinalIgnoreCase))) continue;
            matching++;
            if (!last && (kept.Count == count || characters >= MaxWhole)) continue;
            var shown = Run.RunReport.Cut(Around(line, holds), MaxCharacters).ReplaceLineEndings(" ").TrimEnd();
            kept.Enqueue((total, shown));
            characters += shown.Length;
            while (kept.Count > count || (last && characters > MaxWhole && kept.Count > 1)) characters -= kept.Dequeue().Item2.Length;
        }

        return new([.. kept], matching, total);
    }

    // Of a very long line the part that was looked for is what is wanted.
    private static string Around(string line, string? holds)
    {
        if (holds is null || line.Length <= MaxCharacters) return line;
        var at = line.IndexOf(holds, StringComparison.OrdinalIgnoreCase);
        return at <= MaxCharacters / 2 ? line : "… " + line[(at - MaxCharacters / 4)..];
    }
}
