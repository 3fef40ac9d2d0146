namespace ChatOps.Bus;

/// <summary>Says when it is time to remove old rows again: some time after the start, and then at intervals. Not thread-safe.</summary>
internal sealed class PruneClock(TimeProvider time, TimeSpan interval)
{
    private long last = time.GetTimestamp();

    /// <summary>Whether the interval is over.</summary>
    public bool IsDue() => time.GetElapsedTime(last) >= interval;

    /// <summary>It was done.</summary>
    public void Done() => last = time.GetTimestamp();
}
