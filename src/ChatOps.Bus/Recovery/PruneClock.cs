namespace ChatOps.Bus;

/// <summary>Says when it is time to remove old rows again: some time after the start, and then at intervals. Not thread-safe.</summary>
internal sealed class PruneClock(TimeProvider time, TimeSpan interval)
{
    /// <summary>The store removes in portions; so many are asked for at one time, and the rest at the next.</summary>
    private const int MaxPortions = 100;

    private long last = time.GetTimestamp();

    /// <summary>Whether the interval is over.</summary>
    public bool IsDue() => time.GetElapsedTime(last) >= interval;

    /// <summary>Removes, portion by portion, until nothing old is left.</summary>
    public async Task RunAsync(Func<Task<int>> removePortion)
    {
        for (var portion = 0; portion < MaxPortions && await removePortion() > 0; portion++)
        {
        }

        last = time.GetTimestamp();
    }
}
