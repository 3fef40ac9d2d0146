using System.Globalization;
using System.Text;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Rendering;

namespace ChatOps.Channels.Discord;

/// <summary>Each block as pieces of Markdown that fit a limit, with the files that hold what is longer than people read. Pure.</summary>
internal sealed class DiscordBlocks(int limit, long maxUploadBytes)
{
    private const int BarLength = 12;
    private const int FenceOverhead = 8;
    private const int MaxFileName = 60;

    private readonly List<DiscordFile> files = [];

    /// <summary>What goes with the pieces.</summary>
    public IReadOnlyList<DiscordFile> Files => files;

    /// <summary>The pieces of a block, each within the limit; none for buttons.</summary>
    public IEnumerable<string> Of(Block block) => block switch
    {
        TextBlock text => Text(text),
        CodeBlock code => Code(code),
        FieldsBlock fields => Split(string.Join('\n', fields.Fields.Select(Field))),
        TableBlock table => Table(table),
        ProgressBlock progress => Split(Progress(progress)),
        FileBlock file => File(file),
        CardBlock card => Split(Card(card)),
        // In angle brackets a link gets no preview, which would fetch a page that only signed-in people may see.
        PageBlock { Address: { } address } page => Split($"{DiscordMarkdown.Escape(OneLine(page.Label))}: <{address}>"),
        _ => [],
    };

    /// <summary>A name for a file that is safe everywhere.</summary>
    public static string SafeName(string name, string fallback)
    {
        var safe = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '-') safe.Append(c);
            else if (safe.Length > 0 && safe[^1] != '_') safe.Append('_');
        }

        var text = safe.ToString().Trim('.', '_');
        if (text.Length > MaxFileName) text = text[^MaxFileName..];
        return text.Length == 0 ? fallback : text;
    }

    private IEnumerable<string> Text(TextBlock text)
    {
        var lines = RestrictedMarkdown.Parse(text.Markdown);
        var sign = ToneSign.Of(text.Tone).Prefix;
        if (sign.Length > 0 && lines.Count > 0 && lines[0].Kind == MarkdownLineKind.Text) lines = [lines[0] with { Spans = [new MarkdownSpan(sign), .. lines[0].Spans] }, .. lines.Skip(1)];
        else if (sign.Length > 0) lines = [new MarkdownLine(MarkdownLineKind.Text, [new MarkdownSpan(sign.TrimEnd())]), .. lines];
        // A page may begin and end inside code, and each end of code costs a fence.
        return MarkdownPages.Split(lines, limit - 4 * FenceOverhead, l => DiscordMarkdown.Line(l).Length + (l.Kind == MarkdownLineKind.Code ? 0 : FenceCost(lines)))
            .Select(DiscordMarkdown.Lines).Where(t => t.Length > 0);
    }

    // Where code and text alternate, each line may bring two fences of its own.
    private static int FenceCost(IReadOnlyList<MarkdownLine> lines) => lines.Any(l => l.Kind == MarkdownLineKind.Code) ? FenceOverhead : 0;

    private IEnumerable<string> Code(CodeBlock code)
    {
        var text = TerminalText.Plain(code.Text).TrimEnd('\n');
        var title = code.Title is { Length: > 0 } t ? $"**{DiscordMarkdown.Escape(OneLine(t))}**" : null;
        var shown = LongText.Of(text);
        if (shown.IsCut) Attach(SafeName(code.Title ?? "output", "output") + ".txt", text);
        var pieces = TextSplitter.Split(shown.Shown, limit - FenceOverhead - (title?.Length ?? 0) - 1, s => DiscordMarkdown.Inside(s).Length, fenced: false)
            .Select(p => DiscordMarkdown.Fenced(p)).ToList();
        if (title is null) return pieces;
        if (title.Length > limit / 2) return [.. Split(title), .. pieces];
        pieces[0] = $"{title}\n{pieces[0]}";
        return pieces;
    }

    private IEnumerable<string> Table(TableBlock table)
    {
        var text = TableText.Of(table, TableText.PhoneColumns);
        var shown = LongText.Of(text.Text);
        if (shown.IsCut) Attach("table.txt", text.Text);
        return text.IsGrid
            ? TextSplitter.Split(shown.Shown, limit - FenceOverhead, s => DiscordMarkdown.Inside(s).Length, fenced: false).Select(p => DiscordMarkdown.Fenced(p))
            : Split(DiscordMarkdown.Escape(shown.Shown));
    }

    private IEnumerable<string> File(FileBlock file)
    {
        var name = DiscordMarkdown.Escape(OneLine(file.Name));
        if (file.Bytes > maxUploadBytes) return Split($"📎 {name} ({PlainMessage.Size(file.Bytes)}) is too large for Discord; it is kept on the gateway.");
        files.Add(new DiscordFile(SafeName(file.Name, "file"), file.FileId, null, file.Bytes));
        return Split($"📎 {name} ({PlainMessage.Size(file.Bytes)})");
    }

    private static string Field(Field field) => $"**{DiscordMarkdown.Escape(OneLine(field.Label))}:** {DiscordMarkdown.Escape(field.Value.Trim())}";

    private static string Card(CardBlock card) =>
        $"### {Sign(card)} {DiscordMarkdown.Escape(OneLine(card.Title))}\n-# {DiscordMarkdown.Escape($"{card.Risk.ToString().ToLowerInvariant()} · {card.State} · approval {card.ApprovalId}")}";

    private static string Sign(CardBlock card) => card.State switch
    {
        "pending" => card.Risk == Risk.Dangerous ? "🛑" : "⏳",
        "approved" or "succeeded" => "✅",
        "running" => "▶️",
        "denied" => "⛔",
        "failed" => "❌",
        "unknown" => "❔",
        _ => "▫️",
    };

    private static string Progress(ProgressBlock progress)
    {
        var words = DiscordMarkdown.Escape(OneLine(PlainMessage.Progress(progress)));
        if (progress.Total is not > 0) return $"⏳ {words}";
        var share = Math.Clamp((double)progress.Done / progress.Total.Value, 0, 1);
        var done = (int)(share * BarLength);
        return string.Create(CultureInfo.InvariantCulture, $"`{new string('█', done)}{new string('░', BarLength - done)}` {share:P0} {words}").Replace(" %", "%", StringComparison.Ordinal);
    }

    private void Attach(string name, string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes <= maxUploadBytes)
        {
            files.Add(new DiscordFile(name, null, text, bytes));
            return;
        }

        // As much of the end as can be sent: outputs say how they ended.
        var tail = TextSplitter.Tail(text, (int)(maxUploadBytes / 4));
        files.Add(new DiscordFile("end-of-" + name, null, tail, Encoding.UTF8.GetByteCount(tail)));
    }

    private IReadOnlyList<string> Split(string text) => TextSplitter.Split(text, limit, static s => s.Length, fenced: false);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
