namespace ChatOps.Checks;

/// <summary>Where values go, as a straight line through them.</summary>
/// <param name="PerDay">By how much they change in a day.</param>
/// <param name="Now">Where the line is at the newest value.</param>
/// <param name="Fit">How well they lie on it, 0 to 1.</param>
/// <param name="Over">The time they are from.</param>
public sealed record ValueTrend(double PerDay, double Now, double Fit, TimeSpan Over)
{
    /// <summary>Fewest values of which a line is drawn.</summary>
    public const int LeastValues = 6;

    /// <summary>From here on values are believed to follow the line.</summary>
    public const double GoodFit = 0.6;

    /// <summary>Shortest time of which a line is drawn.</summary>
    public static readonly TimeSpan LeastTime = TimeSpan.FromHours(6);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(60);

    /// <summary>The line of least squares; null where there are too few values.</summary>
    public static ValueTrend? Of(IReadOnlyList<CheckSample> samples)
    {
        var points = samples.Where(s => s.Value is { } v && double.IsFinite(v)).Select(s => (X: s.At.UtcTicks / (double)TimeSpan.TicksPerDay, Y: s.Value!.Value)).ToList();
        if (points.Count < LeastValues) return null;
        var over = TimeSpan.FromDays(points[^1].X - points[0].X);
        if (over < LeastTime) return null;
        var (meanX, meanY) = (points.Average(p => p.X), points.Average(p => p.Y));
        var (xx, xy, yy) = (points.Sum(p => (p.X - meanX) * (p.X - meanX)), points.Sum(p => (p.X - meanX) * (p.Y - meanY)), points.Sum(p => (p.Y - meanY) * (p.Y - meanY)));
        if (xx <= 0) return null;
        var slope = xy / xx;
        return new ValueTrend(slope, meanY + (slope * (points[^1].X - meanX)), yy <= double.Epsilon ? 0 : xy * xy / (xx * yy), over);
    }

    /// <summary>When the line reaches a value; null when it never does, too late to say, or the values do not follow a line.</summary>
    public TimeSpan? Until(double value)
    {
        if (Fit < GoodFit || Math.Abs(PerDay) < 1e-9) return null;
        var days = (value - Now) / PerDay;
        return days >= 0 && days <= Longest.TotalDays ? TimeSpan.FromDays(days) : null;
    }
}
