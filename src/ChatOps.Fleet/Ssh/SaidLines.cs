namespace ChatOps.Fleet.Ssh;

/// <summary>The last lines that somebody said, few and short: what they say is for people.</summary>
internal sealed class SaidLines
{
    private const int MaxLines = 30;
    private readonly Queue<string> lines = new();
    private readonly Lock gate = new();

    /// <summary>Takes a line.</summary>
    public void Add(string line)
    {
        lock (gate)
        {
            lines.Enqueue(line);
            if (lines.Count > MaxLines) lines.Dequeue();
        }
    }

    /// <summary>The lines now.</summary>
    public IReadOnlyList<string> All()
    {
        lock (gate) return [.. lines];
    }
}
