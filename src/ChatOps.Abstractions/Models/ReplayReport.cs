namespace ChatOps.Models;

/// <summary>What came of a replay.</summary>
/// <param name="Turns">The turns, oldest first.</param>
/// <param name="Problem">Why it could not be done, or ended early; null when it was done.</param>
public sealed record ReplayReport(IReadOnlyList<ReplayedTurn> Turns, string? Problem);
