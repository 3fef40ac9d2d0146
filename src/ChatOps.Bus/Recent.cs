namespace ChatOps.Bus;

/// <summary>Values by id, of the ids that were noted last. Safe from any thread.</summary>
/// <typeparam name="TValue">What is remembered.</typeparam>
/// <param name="capacity">How many are remembered; the oldest makes room for one more.</param>
internal sealed class Recent<TValue>(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, TValue> values = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>The value of an id, if it is remembered.</summary>
    public bool TryGet(string id, out TValue? value)
    {
        lock (gate) return values.TryGetValue(id, out value);
    }

    /// <summary>Remembers one; the newest value of an id counts.</summary>
    public void Note(string id, TValue value)
    {
        lock (gate)
        {
            if (values.ContainsKey(id)) values[id] = value;
            else Add(id, value);
        }
    }

    /// <summary>Forgets one and returns what it was.</summary>
    public bool TryTake(string id, out TValue? value)
    {
        lock (gate) return values.Remove(id, out value);
    }

    private void Add(string id, TValue value)
    {
        values.Add(id, value);
        order.Enqueue(id);
        if (order.Count > capacity) values.Remove(order.Dequeue());
    }
}
