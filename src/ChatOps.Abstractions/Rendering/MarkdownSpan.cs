namespace ChatOps.Rendering;

/// <summary>A piece of a line.</summary>
/// <param name="Text">The text itself, without markup; a renderer escapes it for its platform.</param>
/// <param name="Style">How it looks.</param>
public sealed record MarkdownSpan(string Text, MarkdownStyle Style = MarkdownStyle.Plain);
