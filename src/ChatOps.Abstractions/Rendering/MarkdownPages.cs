namespace ChatOps.Rendering;

/// <summary>Splits read Markdown into pages that fit a platform's limit once rendered, between lines where it can; a line that alone is too long is split inside its spans.</summary>
public static class MarkdownPages
{
    /// <summary>The pages, in order; none for no lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="limit">Most that one page may be long.</param>
    /// <param name="length">How long a rendered line is by the platform's counting, without its line end, which counts one. A line without text must fit.</param>
    public static IReadOnlyList<IReadOnlyList<MarkdownLine>> Split(IReadOnlyList<MarkdownLine> lines, int limit, Func<MarkdownLine, int> length)
    {
        var pages = new List<IReadOnlyList<MarkdownLine>>();
        var page = new List<MarkdownLine>();
        var used = 0;
        foreach (var line in lines.SelectMany(l => Fitting(l, limit, length)))
        {
            var cost = length(line) + 1;
            if (page.Count > 0 && used + cost - 1 > limit)
            {
                pages.Add(page);
                (page, used) = ([], 0);
            }

            page.Add(line);
            used += cost;
        }

        if (page.Count > 0) pages.Add(page);
        return pages;
    }

    private static IEnumerable<MarkdownLine> Fitting(MarkdownLine line, int limit, Func<MarkdownLine, int> length)
    {
        if (length(line) <= limit) return [line];
        var result = new List<MarkdownLine>();
        var spans = new List<MarkdownSpan>();
        foreach (var span in line.Spans)
        {
            foreach (var part in Parts(line, span, limit, length))
            {
                if (spans.Count > 0 && length(line with { Spans = [.. spans, part] }) > limit)
                {
                    result.Add(line with { Spans = [.. spans] });
                    spans.Clear();
                }

                spans.Add(part);
            }
        }

        if (spans.Count > 0) result.Add(line with { Spans = spans });
        return result;
    }

    private static IEnumerable<MarkdownSpan> Parts(MarkdownLine line, MarkdownSpan span, int limit, Func<MarkdownLine, int> length) =>
        TextSplitter.Split(span.Text, limit, text => length(line with { Spans = [span with { Text = text }] }), fenced: false).Select(text => span with { Text = text });
}
