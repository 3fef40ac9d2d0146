namespace ChatOps.Node.Connection;

/// <summary>The disk that all waiting output of this node may use together.</summary>
internal sealed class SpoolBudget(long bytes)
{
    private long left = bytes;

    /// <summary>Takes some, or nothing.</summary>
    public bool TryTake(long amount)
    {
        if (Interlocked.Add(ref left, -amount) >= 0) return true;
        Interlocked.Add(ref left, amount);
        return false;
    }

    /// <summary>Gives back.</summary>
    public void Return(long amount) => Interlocked.Add(ref left, amount);
}
