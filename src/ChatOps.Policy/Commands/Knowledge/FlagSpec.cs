namespace ChatOps.Policy.Commands.Knowledge;

/// <summary>An option that is known to be harmless.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Values">The kinds of its values; empty when it takes none.</param>
/// <param name="IsOptional">Whether the value may be left out, and is then written in the same word.</param>
internal sealed record FlagSpec(string Name, IReadOnlyList<ValueSpec> Values, bool IsOptional);
