namespace ChatOps.Messages;

/// <summary>What the gateway says: an ordered list of blocks that each channel renders in its best native form.</summary>
/// <param name="Blocks">The blocks.</param>
public sealed record RichMessage(IReadOnlyList<Block> Blocks)
{
    /// <summary>A message of one text block.</summary>
    /// <param name="markdown">Restricted Markdown; text from outside must go through <see cref="PlainText.Escape"/>.</param>
    public static RichMessage Text(string markdown) => new([new TextBlock(markdown)]);
}
