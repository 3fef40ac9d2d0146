namespace ChatOps.Bus;

/// <summary>What waits on the bus and what went wrong since the start.</summary>
internal sealed class BusCounts
{
    private long queued;
    private long dropped;
    private long failed;

    /// <summary>Wake-ups that wait for a handler.</summary>
    public long Queued => Interlocked.Read(ref queued);

    /// <summary>Wake-ups that found the queue full.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Wake-ups whose handler failed to the end.</summary>
    public long Failed => Interlocked.Read(ref failed);

    /// <summary>Counts one in, unless so many wait already.</summary>
    public bool TryEnqueue(int most)
    {
        if (Interlocked.Increment(ref queued) <= most) return true;
        Interlocked.Decrement(ref queued);
        Interlocked.Increment(ref dropped);
        return false;
    }

    /// <summary>Counts one out.</summary>
    public void Dequeue() => Interlocked.Decrement(ref queued);

    /// <summary>Counts one that failed.</summary>
    public void Fail() => Interlocked.Increment(ref failed);
}
