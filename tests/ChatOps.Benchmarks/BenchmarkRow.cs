namespace ChatOps.Benchmarks;

/// <summary>A line of a table.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Writers">How many did it at the same time.</param>
/// <param name="PerSecond">How often a second.</param>
/// <param name="P50">Median in microseconds.</param>
/// <param name="P99">99 of 100 in microseconds.</param>
internal sealed record BenchmarkRow(string Name, int Writers, double PerSecond, double P50, double P99);
