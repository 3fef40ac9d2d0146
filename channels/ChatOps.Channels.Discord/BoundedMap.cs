namespace ChatOps.Channels.Discord;

/// <summary>A map that forgets its oldest entries beyond a bound. Thread-safe.</summary>
internal sealed class BoundedMap<TValue>(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, TValue Value)>> places = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, TValue Value)> order = new();

    /// <summary>Sets a value; it becomes the newest.</summary>
    public void Set(string key, TValue value)
    {
        lock (gate)
        {
            if (places.Remove(key, out var old)) order.Remove(old);
            places.Add(key, order.AddLast((key, value)));
            if (places.Count <= capacity) return;
            places.Remove(order.First!.Value.Key);
            order.RemoveFirst();
        }
    }

    /// <summary>A value, if it is still there.</summary>
    public bool TryGet(string key, out TValue value)
    {
        lock (gate)
        {
            var found = places.TryGetValue(key, out var place);
            value = found ? place!.Value.Value : default!;
            return found;
        }
    }

    /// <summary>Forgets a value.</summary>
    public void Remove(string key)
    {
        lock (gate)
        {
            if (places.Remove(key, out var old)) order.Remove(old);
        }
    }
}
