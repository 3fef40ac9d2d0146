namespace ChatOps.Diagnostics;

/// <summary>How a part is.</summary>
/// <param name="State">The state.</param>
/// <param name="Summary">One line for people; when not <see cref="PartState.Ok"/> it says why and what to do.</param>
/// <param name="Facts">Numbers and names worth showing (queue ages, versions, counts).</param>
public sealed record PartHealth(PartState State, string Summary, IReadOnlyDictionary<string, string> Facts);
