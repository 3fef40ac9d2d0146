namespace ChatOps.Policy.Commands.Knowledge;

/// <summary>An operand of a command.</summary>
/// <param name="Value">What it is.</param>
/// <param name="Repeats">Whether it takes all that follow.</param>
/// <param name="IsOptional">Whether it is skipped when the word does not fit.</param>
internal sealed record OperandSpec(ValueSpec Value, bool Repeats, bool IsOptional);
