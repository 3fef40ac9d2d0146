namespace ChatOps.Limits;

/// <summary>
/// A bucket that fills evenly: a minute's worth at most. When it is empty it stays shut for a pause, so that of a list of commands sent too fast the rest is left out, and not every
/// second one in its middle. Not the framework's token bucket: that one measures time by itself, and a test could not.
/// </summary>
/// <param name="perMinute">How many a minute.</param>
/// <param name="time">The clock.</param>
public sealed class Allowance(int perMinute, TimeProvider time)
{
    /// <summary>How long it stays shut once it was empty.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Full = TimeSpan.FromMinutes(1);

    private double left = perMinute;
    private long filledAt = time.GetTimestamp();
    private long? shutAt;

    /// <summary>Whether nothing is missing, so that it may be forgotten.</summary>
    public bool IsFull
    {
        get
        {
            Fill();
            return shutAt is null && left >= perMinute;
        }
    }

    /// <summary>Until it opens again; null when it is open.</summary>
    public TimeSpan? Wait()
    {
        Fill();
        if (shutAt is null && left < 1) shutAt = time.GetTimestamp();
        if (shutAt is not { } at) return null;
        var wait = Pause - time.GetElapsedTime(at);
        if (wait > TimeSpan.Zero) return wait;
        shutAt = null;
        return null;
    }

    /// <summary>Takes one.</summary>
    public void Take() => left--;

    private void Fill()
    {
        var now = time.GetTimestamp();
        left = Math.Min(perMinute, left + perMinute * (time.GetElapsedTime(filledAt, now) / Full));
        filledAt = now;
    }
}
