namespace ChatOps.Messages;

/// <summary>Preformatted text, such as a command or its output. Shown as it is; never interpreted.</summary>
/// <param name="Text">The text; may hold SGR colour sequences, which renderers turn into classes or drop.</param>
/// <param name="Title">Above it: <c>web-1</c>, <c>will run as deploy</c>; or null.</param>
public sealed record CodeBlock(string Text, string? Title = null) : Block;
