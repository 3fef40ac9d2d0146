namespace ChatOps.Bus;

/// <summary>Values by id, of the ids that were noted last. Safe from any thread.</summary>
/// <typeparam name="TValue">What is remembered.</typeparam>
/// <param name="capacity">How many are remembered; the oldest makes room for one more.</param>
internal sealed class Recent<TValue>(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Id, TValue Value)>> byId = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Id, TValue Value)> oldestFirst = [];

    /// <summary>The value of an id, if it is remembered.</summary>
    public bool TryGet(string id, out TValue? value)
    {
        lock (gate)
        {
            var found = byId.TryGetValue(id, out var node);
            value = found ? node!.Value.Value : default;
            return found;
        }
    }

    /// <summary>Remembers one; the newest value of an id counts.</summary>
    public void Note(string id, TValue value)
    {
        lock (gate)
        {
            if (byId.TryGetValue(id, out var node))
            {
                node.Value = (id, value);
                return;
            }

            byId.Add(id, oldestFirst.AddLast((id, value)));
            if (byId.Count > capacity) Remove(oldestFirst.First!);
        }
    }

    /// <summary>Forgets one and returns what it was.</summary>
    public bool TryTake(string id, out TValue? value)
    {
        lock (gate)
        {
            var found = byId.TryGetValue(id, out var node);
            value = found ? node!.Value.Value : default;
            if (found) Remove(node!);
            return found;
        }
    }

    private void Remove(LinkedListNode<(string Id, TValue Value)> node)
    {
        oldestFirst.Remove(node);
        byId.Remove(node.Value.Id);
    }
}
