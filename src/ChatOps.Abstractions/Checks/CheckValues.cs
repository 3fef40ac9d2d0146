namespace ChatOps.Checks;

/// <summary>What is kept of what checks measured.</summary>
public static class CheckValues
{
    /// <summary>One value is kept for each hour.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromHours(1);

    /// <summary>How long values are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(35);

    /// <summary>The beginning of the hour of a time.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Step.Ticks), TimeSpan.Zero);

    /// <summary>What a state measured in the hour before this one, in the mean; null when there was nothing to measure.</summary>
    public static CheckSample? LastHour(CheckState state, DateTimeOffset now)
    {
        var until = HourOf(now);
        var samples = state.History.Where(s => s.Value is not null && s.At >= until - Step && s.At < until).ToList();
        return samples.Count == 0 ? null : new CheckSample(until - Step, samples.Max(s => s.Level), samples.Average(s => s.Value!.Value));
    }

    /// <summary>The kept values, and behind them what this hour's looks measured.</summary>
    public static IReadOnlyList<CheckSample> With(IReadOnlyList<CheckSample> kept, CheckState? state)
    {
        var since = kept.Count == 0 ? DateTimeOffset.MinValue : kept[^1].At + Step;
        return [.. kept, .. (state?.History ?? []).Where(s => s.Value is not null && s.At >= since)];
    }
}
