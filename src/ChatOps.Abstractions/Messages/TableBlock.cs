namespace ChatOps.Messages;

/// <summary>A table of plain text.</summary>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Each as long as <paramref name="Columns"/>.</param>
public sealed record TableBlock(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Block;
