namespace ChatOps.Checks.Probes;

/// <summary>What the nodes answered.</summary>
/// <param name="Nodes">One each.</param>
internal sealed record NodeAnswers(IReadOnlyList<NodeAnswer> Nodes);
