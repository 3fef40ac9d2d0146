using ChatOps.Messages;

namespace ChatOps.Rendering;

/// <summary>A table as text: a grid where it fits, else one record a row, so that it can be read on a phone.</summary>
/// <param name="IsGrid">Whether it is a grid, to be shown in a monospaced font.</param>
/// <param name="Text">The text.</param>
public sealed record TableText(bool IsGrid, string Text)
{
    /// <summary>What a phone shows of a monospaced font without breaking lines.</summary>
    public const int PhoneColumns = 40;

    private const string Gap = "  ";

    /// <summary>The table as text.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">How wide a grid may be.</param>
    public static TableText Of(TableBlock table, int columns) => Grid(table, columns) is { } grid ? new(true, grid) : new(false, Records(table));

    /// <summary>The table as a grid, or null when it is wider than so many columns.</summary>
    public static string? Grid(TableBlock table, int columns)
    {
        var rows = table.Rows.Prepend(table.Columns).Select(r => Cells(r, table.Columns.Count)).ToList();
        var widths = Enumerable.Range(0, table.Columns.Count).Select(c => rows.Max(r => DisplayWidth.Of(r[c]))).ToList();
        if (widths.Sum() + Gap.Length * (widths.Count - 1) > columns) return null;
        return string.Join('\n', rows.Select(r => string.Join(Gap, r.Select((cell, c) => DisplayWidth.Pad(cell, widths[c]))).TrimEnd()));
    }

    /// <summary>One paragraph a row: the first cell, then the others with their headings. Empty cells are left out.</summary>
    public static string Records(TableBlock table) =>
        string.Join("\n\n", table.Rows.Select(row => Record(table.Columns, Cells(row, table.Columns.Count))));

    private static string Record(IReadOnlyList<string> columns, IReadOnlyList<string> cells) =>
        string.Join('\n', cells.Select((cell, i) => i == 0 ? cell : $"{OneLine(columns[i])}: {cell}").Where((_, i) => i == 0 || cells[i].Length > 0));

    // A row that is shorter or longer than the heading is a mistake elsewhere; nothing of it is lost.
    private static List<string> Cells(IReadOnlyList<string> row, int count)
    {
        var cells = row.Select(OneLine).ToList();
        while (cells.Count < count) cells.Add("");
        if (cells.Count > count && count > 0)
        {
            cells[count - 1] = string.Join(' ', cells.Skip(count - 1));
            cells.RemoveRange(count, cells.Count - count);
        }

        return cells;
    }

    private static string OneLine(string cell) => InertText.Of(cell.ReplaceLineEndings(" ").Replace('\t', ' ')).Trim();
}
