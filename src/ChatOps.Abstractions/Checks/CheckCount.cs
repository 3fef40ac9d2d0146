namespace ChatOps.Checks;

/// <summary>How much was counted in a period of time.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="Count">How much.</param>
/// <param name="Covered">How long of it was looked at.</param>
public sealed record CheckCount(DateTimeOffset From, double Count, TimeSpan Covered);
