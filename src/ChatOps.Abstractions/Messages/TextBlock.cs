namespace ChatOps.Messages;

/// <summary>Text in restricted Markdown: bold, italic, inline code, lists, quotes, line breaks. No links from outside text, no HTML, no images.</summary>
/// <param name="Markdown">The text.</param>
/// <param name="Tone">How it is meant; an icon and a word stand with it, never colour alone.</param>
public sealed record TextBlock(string Markdown, Tone Tone = Tone.Plain) : Block;
