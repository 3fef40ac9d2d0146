using ChatOps.Messages;

namespace ChatOps.Rendering;

/// <summary>
/// Reads the restricted Markdown of <see cref="TextBlock"/>: bold, italic, inline code, lists, quotes, line breaks, and code fences as models write them. A heading is a bold
/// line; a link is its words with the address as text. What is not closed, or is anything else, is text. <see cref="PlainText.Escape"/> is undone.
/// </summary>
public static class RestrictedMarkdown
{
    private const int MaxDepth = 4;
    private const int IndentPerDepth = 2;
    private const int MaxHeading = 6;
    private const int MaxNumberDigits = 9;

    /// <summary>The lines. Never throws, whatever the text is.</summary>
    public static IReadOnlyList<MarkdownLine> Parse(string markdown)
    {
        var lines = new List<MarkdownLine>();
        var inFence = false;
        foreach (var raw in markdown.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (inFence ? TextSplitter.IsClosing(raw) : TextSplitter.IsOpening(raw))
            {
                inFence = !inFence;
                continue;
            }

            lines.Add(inFence ? Code(raw) : Line(raw));
        }

        return lines;
    }

    /// <summary>The words without any markup.</summary>
    public static string ToPlainText(string markdown) => string.Join('\n', Parse(markdown).Select(Plain));

    private static string Plain(MarkdownLine line) => line.Kind switch
    {
        MarkdownLineKind.Bullet => $"{new string(' ', line.Depth * IndentPerDepth)}{line.Marker} {line.Text}",
        MarkdownLineKind.Quote => $"> {line.Text}",
        _ => line.Text,
    };

    private static MarkdownLine Code(string raw) => new(MarkdownLineKind.Code, raw.Length == 0 ? [] : [new MarkdownSpan(raw)]);

    private static MarkdownLine Line(string raw)
    {
        var text = WithoutHardBreak(raw);
        var start = text.AsSpan().IndexOfAnyExcept(' ', '\t');
        if (start < 0) return new MarkdownLine(MarkdownLineKind.Text, []);
        var body = text[start..];
        if (body[0] == '>') return new MarkdownLine(MarkdownLineKind.Quote, MarkdownInline.Parse(body.AsSpan(1).TrimStart("> ").ToString()));
        if (Marker(body) is { } marker)
            return new MarkdownLine(MarkdownLineKind.Bullet, MarkdownInline.Parse(body[marker.Length..].TrimStart()), marker is "-" or "*" or "+" ? "•" : marker, Math.Min(start / IndentPerDepth, MaxDepth));
        var heading = body.AsSpan().IndexOfAnyExcept('#');
        if (heading is > 0 and <= MaxHeading && body[heading] == ' ')
            return new MarkdownLine(MarkdownLineKind.Text, MarkdownInline.Parse(body[heading..].Trim(), MarkdownStyle.Bold));
        return new MarkdownLine(MarkdownLineKind.Text, MarkdownInline.Parse(text));
    }

    private static string? Marker(string body)
    {
        if (body is ['-' or '*' or '+', ' ', ..]) return body[..1];
        var digits = body.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits is > 0 and <= MaxNumberDigits && body[digits] is '.' or ')' && digits + 1 < body.Length && body[digits + 1] == ' ' ? body[..(digits + 1)] : null;
    }

    // Two spaces or one backslash at the end mean what a line end means here anyway.
    private static string WithoutHardBreak(string line)
    {
        var trimmed = line.EndsWith("  ", StringComparison.Ordinal) ? line.TrimEnd(' ') : line;
        var slashes = trimmed.Length - trimmed.AsSpan().TrimEnd('\\').Length;
        return slashes % 2 == 1 ? trimmed[..^1] : trimmed;
    }
}
