using System.Globalization;
using System.Text.Json.Nodes;
using ChatOps.Rendering;

namespace ChatOps.Channels.Slack.Rendering;

/// <summary>Lines of restricted Markdown as elements of a rich text block: neighbouring lines of one kind share an element.</summary>
internal static class SlackRichText
{
    /// <summary>The elements of some lines.</summary>
    public static List<JsonObject> Of(IReadOnlyList<MarkdownLine> lines)
    {
        var elements = new List<JsonObject>();
        for (var i = 0; i < lines.Count;)
        {
            var end = i + 1;
            while (end < lines.Count && Together(lines[i], lines[end])) end++;
            var element = Element([.. lines.Skip(i).Take(end - i)]);
            if (element is not null) elements.Add(element);
            i = end;
        }

        return elements;
    }

    private static bool Together(MarkdownLine one, MarkdownLine other) =>
        one.Kind == other.Kind && (one.Kind != MarkdownLineKind.Bullet || (one.Depth == other.Depth && IsNumber(one) == IsNumber(other)));

    private static bool IsNumber(MarkdownLine line) => line.Marker is [>= '0' and <= '9', ..];

    private static JsonObject? Element(List<MarkdownLine> lines) => lines[0].Kind switch
    {
        MarkdownLineKind.Bullet => List(lines),
        MarkdownLineKind.Quote => Joined("rich_text_quote", lines),
        MarkdownLineKind.Code => SlackBlocks.Preformatted(InertText.Of(string.Join('\n', lines.Select(l => l.Text)))),
        _ => Joined("rich_text_section", lines),
    };

    private static JsonObject List(List<MarkdownLine> lines)
    {
        var list = new JsonObject
        {
            ["type"] = "rich_text_list",
            ["style"] = IsNumber(lines[0]) ? "ordered" : "bullet",
            ["elements"] = new JsonArray([.. lines.Select(l => SlackBlocks.Section(Spans(l)))]),
        };
        if (lines[0].Depth > 0) list["indent"] = lines[0].Depth;
        if (IsNumber(lines[0]) && int.TryParse(lines[0].Marker.AsSpan(0, lines[0].Marker.Length - 1), CultureInfo.InvariantCulture, out var first) && first > 1) list["offset"] = first - 1;
        return list;
    }

    private static JsonObject? Joined(string type, List<MarkdownLine> lines)
    {
        var elements = new List<JsonObject>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0) elements.Add(SlackBlocks.Text("\n"));
            elements.AddRange(lines[i].Spans.Select(Span));
        }

        return elements.Count == 0 || lines.All(l => l.Text.Length == 0) ? null : new JsonObject { ["type"] = type, ["elements"] = new JsonArray([.. elements]) };
    }

    private static IEnumerable<JsonObject> Spans(MarkdownLine line) => line.Spans.Count == 0 ? [SlackBlocks.Text(" ")] : line.Spans.Select(Span);

    private static JsonObject Span(MarkdownSpan span) => SlackBlocks.Text(InertText.Of(span.Text), span.Style);
}
