using System.Text;
using System.Text.RegularExpressions;
using ChatOps.Rendering;

namespace ChatOps.Channels.Telegram;

/// <summary>
/// Lines as Telegram's HTML, and their length as Telegram counts: UTF-16 code units after the markup is gone. Text is escaped, and what Telegram would turn into a
/// mention by itself is shown as code, where it stays text. Pure.
/// </summary>
internal static partial class TelegramHtml
{
    /// <summary>Longest text of a message.</summary>
    public const int MaxText = 4096;

    /// <summary>Longest caption of a file.</summary>
    public const int MaxCaption = 1024;

    /// <summary>More marks than this are ignored by Telegram.</summary>
    public const int MaxMarks = 100;

    private const int MaxMarksPerLine = 40;

    private const string Indent = "   ";

    /// <summary>How long a line is.</summary>
    public static int Length(MarkdownLine line) => Lead(line).Length + line.Spans.Sum(s => s.Text.Length);

    /// <summary>How many marks a line needs.</summary>
    public static int Marks(MarkdownLine line) => line.Kind == MarkdownLineKind.Code ? 0 : line.Spans.Sum(s => int.PopCount((int)s.Style));

    /// <summary>The lines of a page.</summary>
    public static string Of(IReadOnlyList<MarkdownLine> lines)
    {
        var html = new StringBuilder();
        for (var i = 0; i < lines.Count;)
        {
            var kind = lines[i].Kind;
            var end = i + 1;
            while (end < lines.Count && lines[end].Kind == kind && kind is MarkdownLineKind.Code or MarkdownLineKind.Quote) end++;
            if (i > 0) html.Append('\n');
            var (open, close) = kind switch
            {
                MarkdownLineKind.Code => ("<pre>", "</pre>"),
                MarkdownLineKind.Quote => ("<blockquote>", "</blockquote>"),
                _ => ("", ""),
            };
            html.Append(open);
            for (var j = i; j < end; j++)
            {
                if (j > i) html.Append('\n');
                Append(html, lines[j]);
            }

            html.Append(close);
            i = end;
        }

        return html.ToString();
    }

    /// <summary>Escapes text.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>A line whose mentions are code, and whose deceiving characters are visible. One with more marks than a message can hold is code as a whole: none of it is lost, and none of it works.</summary>
    public static MarkdownLine Inert(MarkdownLine line)
    {
        var inert = line with { Spans = [.. line.Spans.SelectMany(Inert)] };
        return Marks(inert) <= MaxMarksPerLine ? inert : line with { Spans = [new MarkdownSpan(InertText.Of(line.Text), MarkdownStyle.Code)] };
    }

    private static List<MarkdownSpan> Inert(MarkdownSpan span)
    {
        var text = InertText.Of(span.Text);
        if (span.Style.HasFlag(MarkdownStyle.Code)) return [new MarkdownSpan(text, MarkdownStyle.Code)];
        var spans = new List<MarkdownSpan>();
        var at = 0;
        foreach (var mention in Mention().EnumerateMatches(text))
        {
            if (mention.Index > at) spans.Add(span with { Text = text[at..mention.Index] });
            spans.Add(new MarkdownSpan(text.Substring(mention.Index, mention.Length), MarkdownStyle.Code));
            at = mention.Index + mention.Length;
        }

        if (at < text.Length) spans.Add(span with { Text = text[at..] });
        return spans;
    }

    private static void Append(StringBuilder html, MarkdownLine line)
    {
        html.Append(Lead(line));
        foreach (var span in line.Spans)
        {
            var text = Escape(span.Text);
            if (line.Kind == MarkdownLineKind.Code) html.Append(text);
            else if (span.Style.HasFlag(MarkdownStyle.Code)) html.Append("<code>").Append(text).Append("</code>");
            else if (span.Style == (MarkdownStyle.Bold | MarkdownStyle.Italic)) html.Append("<b><i>").Append(text).Append("</i></b>");
            else if (span.Style == MarkdownStyle.Bold) html.Append("<b>").Append(text).Append("</b>");
            else if (span.Style == MarkdownStyle.Italic) html.Append("<i>").Append(text).Append("</i>");
            else html.Append(text);
        }
    }

    private static string Lead(MarkdownLine line) =>
        line.Kind == MarkdownLineKind.Bullet ? $"{string.Concat(Enumerable.Repeat(Indent, line.Depth))}{line.Marker} " : "";

    [GeneratedRegex("@[A-Za-z0-9_]{2,64}", RegexOptions.NonBacktracking)]
    private static partial Regex Mention();
}
