namespace ChatOps.Scheduling.Times;

/// <summary>Always the same time apart, counted from when the schedule was added. Clocks that are set to summer time do not matter to it.</summary>
internal sealed class IntervalTimes(DateTimeOffset anchor, TimeSpan interval) : ITimes
{
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (after < anchor) return anchor + interval;
        var passed = (after - anchor).Ticks / interval.Ticks;
        return anchor + TimeSpan.FromTicks((passed + 1) * interval.Ticks);
    }
}
