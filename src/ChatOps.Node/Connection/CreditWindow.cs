namespace ChatOps.Node.Connection;

/// <summary>How much output may still be sent before the gateway says that it has taken some.</summary>
internal sealed class CreditWindow(long bytes)
{
    private readonly Lock gate = new();
    private long left = Math.Max(0, bytes);

    /// <summary>Takes up to an amount; 0 when there is none.</summary>
    public int Take(int wanted)
    {
        lock (gate)
        {
            var taken = (int)Math.Min(wanted, left);
            left -= taken;
            return taken;
        }
    }

    /// <summary>Adds what the gateway gave, or what was taken and not used.</summary>
    public void Add(long amount)
    {
        if (amount <= 0) return;
        lock (gate) left = left > long.MaxValue - amount ? long.MaxValue : left + amount;
    }
}
