using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Rendering;

namespace ChatOps.Channels.Telegram;

/// <summary>Blocks as lines of text. Pure.</summary>
internal static class TelegramLines
{
    /// <summary>What a phone shows of a monospaced font in Telegram without breaking lines.</summary>
    public const int Columns = 34;

    private const int BarWidth = 10;
    private static readonly MarkdownLine Empty = new(MarkdownLineKind.Text, []);

    /// <summary>The lines of one block; code that is longer than people read comes with its head and tail.</summary>
    public static IReadOnlyList<MarkdownLine> Of(Block block) => block switch
    {
        TextBlock text => Text(text),
        CodeBlock code => [.. Title(code.Title), .. Code(LongText.Of(TerminalText.Plain(code.Text)).Shown)],
        FieldsBlock fields => [.. fields.Fields.Select(FieldLine)],
        TableBlock table => Table(table),
        ProgressBlock progress => [Words($"{Bar(progress)}{PlainMessage.Progress(progress)}")],
        CardBlock card => Card(card),
        PageBlock { Address: not null } page => [Words(PlainMessage.Page(page))],
        _ => [],
    };

    /// <summary>A line of plain words.</summary>
    public static MarkdownLine Words(string text, MarkdownStyle style = MarkdownStyle.Plain) => Line(MarkdownLineKind.Text, [new MarkdownSpan(OneLine(text), style)]);

    private static IReadOnlyList<MarkdownLine> Text(TextBlock block)
    {
        var lines = RestrictedMarkdown.Parse(block.Markdown).Select(l => l.Kind == MarkdownLineKind.Code ? CodeLine(l.Text) : TelegramHtml.Inert(l)).ToList();
        var icon = ToneSign.Of(block.Tone).Prefix;
        if (icon.Length == 0) return lines;
        if (lines is [{ Kind: MarkdownLineKind.Text } first, ..]) lines[0] = first with { Spans = [new MarkdownSpan(icon), .. first.Spans] };
        else lines.Insert(0, Words(icon));
        return lines;
    }

    private static IReadOnlyList<MarkdownLine> Title(string? title) => title is { Length: > 0 } ? [Words(title, MarkdownStyle.Bold)] : [];

    private static IEnumerable<MarkdownLine> Code(string text) => text.TrimEnd('\n').Split('\n').Select(CodeLine);

    private static MarkdownLine CodeLine(string text) => new(MarkdownLineKind.Code, text.Length == 0 ? [] : [new MarkdownSpan(InertText.Of(text))]);

    // A value with something that Telegram would make pressable stays text as code, which a tap copies.
    private static MarkdownLine FieldLine(Field field)
    {
        var value = OneLine(field.Value);
        var style = value.AsSpan().IndexOfAny("@#/$") >= 0 || value.Contains("://", StringComparison.Ordinal) ? MarkdownStyle.Code : MarkdownStyle.Plain;
        return Line(MarkdownLineKind.Text, [new MarkdownSpan(OneLine(field.Label) + ":", MarkdownStyle.Bold), new MarkdownSpan(" "), new MarkdownSpan(value, style)]);
    }

    private static IReadOnlyList<MarkdownLine> Table(TableBlock table)
    {
        if (TableText.Grid(table, Columns) is { } grid) return [.. Code(grid)];
        var lines = new List<MarkdownLine>();
        foreach (var row in table.Rows)
        {
            if (lines.Count > 0) lines.Add(Empty);
            lines.Add(Words(row.Count > 0 ? row[0] : "", MarkdownStyle.Bold));
            for (var i = 1; i < Math.Max(row.Count, 1); i++)
            {
                if (row[i].Length > 0) lines.Add(FieldLine(new Field(i < table.Columns.Count ? table.Columns[i] : "", row[i])));
            }
        }

        return lines.Count > 0 ? lines : [Words($"{string.Join(", ", table.Columns)}: nothing")];
    }

    private static IReadOnlyList<MarkdownLine> Card(CardBlock card) =>
    [
        Line(MarkdownLineKind.Text, [new MarkdownSpan(StateIcon(card.State) + " "), new MarkdownSpan(OneLine(card.Title), MarkdownStyle.Bold)]),
        Line(MarkdownLineKind.Text, [new MarkdownSpan($"{RiskIcon(card.Risk)} {RiskWord(card.Risk)} · {OneLine(card.State)} · approval "), new MarkdownSpan(OneLine(card.ApprovalId), MarkdownStyle.Code)]),
    ];

    private static string StateIcon(string state) => state switch
    {
        "pending" => "⏳",
        "approved" or "running" => "▶️",
        "succeeded" => "✅",
        "failed" or "partial" => "❌",
        "unknown" => "❔",
        _ => "⛔",
    };

    private static string RiskIcon(Risk risk) => risk switch { Risk.Read => "🟢", Risk.Change => "🟡", _ => "🔴" };

    private static string RiskWord(Risk risk) => risk switch { Risk.Read => "only reads", Risk.Change => "changes something", Risk.Dangerous => "dangerous", _ => "forbidden" };

    private static string Bar(ProgressBlock progress)
    {
        if (progress.Total is not > 0) return "⏳ ";
        var full = (int)Math.Clamp(progress.Done * BarWidth / (double)progress.Total.Value, 0, BarWidth);
        return $"{new string('▰', full)}{new string('▱', BarWidth - full)} ";
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private static MarkdownLine Line(MarkdownLineKind kind, IReadOnlyList<MarkdownSpan> spans) => TelegramHtml.Inert(new(kind, [.. spans.Where(s => s.Text.Length > 0)]));
}
