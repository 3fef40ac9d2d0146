namespace ChatOps.Tools.Gate;

/// <summary>What a call means that may repeat an earlier one.</summary>
/// <param name="Arguments">The arguments, completed.</param>
/// <param name="Nodes">Only these of the nodes that the selector means; null for all of them.</param>
/// <param name="Problem">Why it cannot be repeated.</param>
internal sealed record Repetition(IReadOnlyDictionary<string, string> Arguments, IReadOnlySet<string>? Nodes = null, string? Problem = null);
