namespace ChatOps.Channels.Telegram;

/// <summary>What was noted last, at most so many; the oldest makes room.</summary>
/// <typeparam name="TKey">Under what.</typeparam>
/// <typeparam name="TValue">What.</typeparam>
/// <param name="capacity">How many.</param>
internal sealed class Recent<TKey, TValue>(int capacity) where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> places = [];
    private readonly LinkedList<(TKey Key, TValue Value)> order = new();

    /// <summary>How many there are.</summary>
    public int Count
    {
        get { lock (gate) return places.Count; }
    }

    /// <summary>Notes something.</summary>
    public void Set(TKey key, TValue value)
    {
        lock (gate)
        {
            if (places.Remove(key, out var old)) order.Remove(old);
            else if (places.Count == capacity && order.First is { } oldest)
            {
                order.RemoveFirst();
                places.Remove(oldest.Value.Key);
            }

            places.Add(key, order.AddLast((key, value)));
        }
    }

    /// <summary>What was noted.</summary>
    public bool TryGet(TKey key, out TValue value)
    {
        lock (gate)
        {
            if (places.TryGetValue(key, out var place))
            {
                value = place.Value.Value;
                return true;
            }
        }

        value = default!;
        return false;
    }

    /// <summary>Takes what was noted.</summary>
    public bool TryTake(TKey key, out TValue value)
    {
        lock (gate)
        {
            if (places.Remove(key, out var place))
            {
                order.Remove(place);
                value = place.Value.Value;
                return true;
            }
        }

        value = default!;
        return false;
    }
}
