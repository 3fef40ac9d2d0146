using System.Globalization;
using ChatOps.Messages;
using ChatOps.Rendering;

namespace ChatOps.Channels.Telegram;

/// <summary>Our messages as Telegram's. Pure.</summary>
internal static class TelegramOutbound
{
    private const int PageMarkLength = 16;
    private const int MaxFileName = 60;
    private const int MaxEnding = 10;
    private const int MarksPerPage = TelegramHtml.MaxMarks - 10;
    private static readonly MarkdownLine EmptyLine = new(MarkdownLineKind.Text, []);

    /// <summary>The messages, in order: pages of text, the buttons below the last, then the files.</summary>
    /// <param name="content">Ours.</param>
    /// <param name="maxFile">Largest file in bytes; a larger one is named instead.</param>
    public static IReadOnlyList<TelegramPart> Render(RichMessage content, long maxFile)
    {
        var lines = new List<MarkdownLine>();
        var files = new List<TelegramPart.Attachment>();
        foreach (var block in content.Blocks)
        {
            var its = block is FileBlock file ? Attach(file, maxFile, files) : TelegramLines.Of(block);
            if (block is CodeBlock code && Whole(code) is { } whole) files.Add(whole);
            if (its.Count == 0) continue;
            if (lines.Count > 0) lines.Add(EmptyLine);
            lines.AddRange(its);
        }

        var keyboard = TelegramKeyboards.Of([.. content.Blocks.OfType<ActionsBlock>().SelectMany(b => b.Actions)]);
        if (!lines.Any(l => l.Text.Trim().Length > 0) && (files.Count == 0 || keyboard is not null)) lines.Add(TelegramLines.Words("…"));
        var pages = Pages(lines);
        return [.. pages.Select((page, i) => new TelegramPart.Words(Numbered(page, i + 1, pages.Count), i == pages.Count - 1 ? keyboard : null)), .. files];
    }

    /// <summary>A file's caption within its limit.</summary>
    public static string Caption(string text) => TelegramHtml.Of([TelegramLines.Words(TextSplitter.Split(text, TelegramHtml.MaxCaption, static t => t.Length, fenced: false)[0])]);

    private static IReadOnlyList<MarkdownLine> Attach(FileBlock file, long maxFile, List<TelegramPart.Attachment> files)
    {
        if (file.Bytes > maxFile) return [TelegramLines.Words($"📎 {file.Name} ({PlainMessage.Size(file.Bytes)}) is too large for Telegram; it is kept on the gateway, and the web console offers it.")];
        if (file.Bytes == 0) return [TelegramLines.Words($"📎 {file.Name} is empty.")];
        files.Add(new TelegramPart.Attachment(FileName(file.Name), file.FileId, null, null));
        return [];
    }

    private static TelegramPart.Attachment? Whole(CodeBlock code)
    {
        var text = TerminalText.Plain(code.Text);
        return LongText.Of(text).IsCut ? new TelegramPart.Attachment(FileName((code.Title ?? "output") + ".txt"), null, text, Caption($"All of it{(code.Title is null ? "" : ": " + code.Title)}")) : null;
    }

    private static List<IReadOnlyList<MarkdownLine>> Pages(List<MarkdownLine> lines)
    {
        var one = MarkdownPages.Split(lines, TelegramHtml.MaxText, TelegramHtml.Length).SelectMany(ByMarks).ToList();
        return one.Count <= 1 ? one : [.. MarkdownPages.Split(lines, TelegramHtml.MaxText - PageMarkLength, TelegramHtml.Length).SelectMany(ByMarks)];
    }

    // Telegram ignores marks beyond a hundred; a page with more would lose its looks.
    private static IEnumerable<IReadOnlyList<MarkdownLine>> ByMarks(IReadOnlyList<MarkdownLine> page)
    {
        var part = new List<MarkdownLine>();
        var marks = 0;
        foreach (var line in page)
        {
            var its = TelegramHtml.Marks(line);
            if (part.Count > 0 && marks + its > MarksPerPage)
            {
                yield return part;
                (part, marks) = ([], 0);
            }

            part.Add(line);
            marks += its;
        }

        if (part.Count > 0) yield return part;
    }

    private static string Numbered(IReadOnlyList<MarkdownLine> page, int number, int of) =>
        of == 1 ? TelegramHtml.Of(page) : string.Create(CultureInfo.InvariantCulture, $"<i>({number}/{of})</i>\n{TelegramHtml.Of(page)}");

    // Telegram reads other names differently from client to client; the ending decides what opens the file.
    private static string FileName(string name)
    {
        var last = name.ReplaceLineEndings(" ").Split('/', '\\')[^1];
        var ending = Plain(Path.GetExtension(last).TrimStart('.'));
        var stem = Plain(Path.GetFileNameWithoutExtension(last));
        if (stem.Length == 0) stem = "file";
        if (stem.Length > MaxFileName) stem = stem[..MaxFileName];
        return ending.Length is 0 or > MaxEnding ? stem : $"{stem}.{ending}";
    }

    private static string Plain(string text) =>
        string.Join('-', string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')).Split('-', StringSplitOptions.RemoveEmptyEntries)).Trim('.');
}
