namespace ChatOps.Bus;

/// <summary>The platform ids of the messages sent last, so that showing progress costs no look into the store.</summary>
internal sealed class SentMessages
{
    /// <summary>How many are remembered; the progress of an older message is shown with its next edit.</summary>
    public const int Capacity = 4096;

    private readonly Lock gate = new();
    private readonly Dictionary<string, string> platformIds = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>The platform's id of a message, or null.</summary>
    public string? PlatformId(string messageId)
    {
        lock (gate) return platformIds.GetValueOrDefault(messageId);
    }

    /// <summary>Remembers one.</summary>
    public void Note(string messageId, string platformId)
    {
        lock (gate)
        {
            if (!platformIds.TryAdd(messageId, platformId)) platformIds[messageId] = platformId;
            else order.Enqueue(messageId);
            if (order.Count > Capacity) platformIds.Remove(order.Dequeue());
        }
    }
}
