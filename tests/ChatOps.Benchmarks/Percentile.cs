namespace ChatOps.Benchmarks;

/// <summary>Sums up what was measured many times.</summary>
internal static class Percentile
{
    /// <summary>The middle one.</summary>
    public static double Median(this IEnumerable<double> values) => values.At(50);

    /// <summary>The value that so many of a hundred do not exceed.</summary>
    public static double At(this IEnumerable<double> values, int percent)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }
}
