namespace ChatOps.Messages;

/// <summary>A labelled value.</summary>
/// <param name="Label">The label, plain text.</param>
/// <param name="Value">The value, plain text.</param>
public sealed record Field(string Label, string Value);
