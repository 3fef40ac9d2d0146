namespace ChatOps.Console.Text;

/// <summary>A stretch of text in one style.</summary>
/// <param name="Text">The text, without any sequence.</param>
/// <param name="Classes">CSS classes; empty for plain.</param>
internal sealed record AnsiRun(string Text, string Classes);
