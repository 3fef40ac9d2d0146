namespace ChatOps.Host;

/// <summary>A setting as it is in force.</summary>
/// <param name="Setting">Which.</param>
/// <param name="Value">As written; a secret reference stays a reference. Null when not set.</param>
/// <param name="Source"><c>default</c>, <c>environment</c>, or file and line.</param>
internal sealed record EffectiveSetting(Setting Setting, string? Value, string Source);
