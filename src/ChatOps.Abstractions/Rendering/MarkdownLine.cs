namespace ChatOps.Rendering;

/// <summary>A line of restricted Markdown.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Spans">Its text, in order; neighbours differ in style.</param>
/// <param name="Marker">Before a list's entry: <c>•</c> or <c>3.</c>; empty elsewhere.</param>
/// <param name="Depth">How deep a list's entry is nested, from 0.</param>
public sealed record MarkdownLine(MarkdownLineKind Kind, IReadOnlyList<MarkdownSpan> Spans, string Marker = "", int Depth = 0)
{
    /// <summary>The words alone.</summary>
    public string Text => string.Concat(Spans.Select(s => s.Text));
}
