namespace ChatOps.Messages;

/// <summary>Labelled values.</summary>
/// <param name="Fields">In order. Values are plain text.</param>
public sealed record FieldsBlock(IReadOnlyList<Field> Fields) : Block;
