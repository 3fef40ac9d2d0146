namespace ChatOps.Rendering;

/// <summary>The head and the tail of a long text. Where something is left out, the whole belongs into a file.</summary>
/// <param name="Shown">What is shown: all of it, or head, a line that says how much is missing, and tail.</param>
/// <param name="LinesLeftOut">How many lines are missing or cut; zero when nothing is.</param>
public sealed record LongText(string Shown, int LinesLeftOut)
{
    /// <summary>What people read in a conversation.</summary>
    public const int ReadableLines = 25;

    /// <summary>What people read in a conversation, in characters.</summary>
    public const int ReadableCharacters = 1800;

    private const int ReserveForNotice = 48;

    /// <summary>Whether something is missing.</summary>
    public bool IsCut => LinesLeftOut > 0;

    /// <summary>Head and tail of a text; more of the tail, where outputs say how they ended.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLines">Most lines shown, from 3.</param>
    /// <param name="maxCharacters">Most UTF-16 code units shown, from 100.</param>
    public static LongText Of(string text, int maxLines = ReadableLines, int maxCharacters = ReadableCharacters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLines, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCharacters, 100);
        var lines = text.TrimEnd('\n').Split('\n');
        if (lines.Length <= maxLines && text.Length <= maxCharacters) return new LongText(text, 0);

        var budget = maxCharacters - ReserveForNotice;
        var head = Take(lines, (maxLines - 1) / 3, budget / 3);
        var tail = Take(lines.Skip(head.Count).Reverse(), maxLines - 1 - head.Count, budget - head.Sum(Cost));
        tail.Reverse();
        if (head.Count + tail.Count == lines.Length) return new LongText(text, 0);
        if (head.Count == 0 && tail.Count == 0) return Enormous(lines, budget);

        var missing = lines.Length - head.Count - tail.Count;
        return new LongText(string.Join('\n', [.. head, Notice(missing), .. tail]), missing);
    }

    private static string Notice(int lines) => $"… {lines} {(lines == 1 ? "line" : "lines")} left out …";

    private static int Cost(string line) => line.Length + 1;

    private static List<string> Take(IEnumerable<string> lines, int count, int characters)
    {
        var taken = new List<string>();
        foreach (var line in lines)
        {
            characters -= Cost(line);
            if (taken.Count == count || characters < 0) break;
            taken.Add(line);
        }

        return taken;
    }

    // Not even one line fits: the beginning of the first and the end of the last.
    private static LongText Enormous(string[] lines, int budget)
    {
        var head = TextSplitter.Split(lines[0], Math.Max(1, budget / 3), static s => s.Length, fenced: false)[0];
        var end = TextSplitter.Tail(lines[^1], budget - head.Length - 2);
        return new LongText($"{head}\n{Notice(lines.Length)}\n{end}", lines.Length);
    }
}
