namespace ChatOps.Bus;

/// <summary>Growing delays with jitter, so that many who failed together do not come back together.</summary>
internal static class Backoff
{
    private const int MaxDoublings = 30;

    /// <summary>The delay after the n-th failure in a row: doubles up to a limit, and lies between half of that and all of it.</summary>
    /// <param name="failures">From 1.</param>
    /// <param name="first">The full delay after the first failure.</param>
    /// <param name="most">The limit.</param>
    /// <param name="jitter">From 0 to 1.</param>
    public static TimeSpan Delay(int failures, TimeSpan first, TimeSpan most, double jitter)
    {
        var doublings = Math.Clamp(failures - 1, 0, MaxDoublings);
        var full = Math.Min(first.Ticks * Math.Pow(2, doublings), most.Ticks);
        return TimeSpan.FromTicks((long)(full * (0.5 + 0.5 * Math.Clamp(jitter, 0, 1))));
    }
}
