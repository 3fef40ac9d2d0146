namespace ChatOps.Channels.Web;

/// <summary>
/// What one reader has not been told yet. Bounded: a change of a message that waits already is not noted twice, passing progress is dropped when the room is used
/// up, and when even the changes do not fit the reader is told to read everything again.
/// </summary>
internal sealed class WebReader(int capacity)
{
    private readonly Lock gate = new();
    private readonly LinkedList<WebChatEvent> waiting = new();
    private readonly Dictionary<(WebChatEventKind Kind, string Id), LinkedListNode<WebChatEvent>> places = [];
    private TaskCompletionSource? signal;
    private bool resync;
    private bool ended;

    /// <summary>Notes a change.</summary>
    public void Tell(WebChatEvent change)
    {
        lock (gate)
        {
            if (ended) return;
            Note(change);
            signal?.TrySetResult();
        }
    }

    /// <summary>Nothing more will come.</summary>
    public void End()
    {
        lock (gate)
        {
            ended = true;
            signal?.TrySetResult();
        }
    }

    /// <summary>The next change; null at the end. For one reader at a time.</summary>
    public async ValueTask<WebChatEvent?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task arrival;
            lock (gate)
            {
                if (TryTake() is { } change) return change;
                if (ended) return null;
                signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = signal.Task;
            }

            await arrival.WaitAsync(cancellationToken);
        }
    }

    private void Note(WebChatEvent change)
    {
        // What is in the store is newer than any progress shown before: told after it, the progress would bring back the past.
        if (change.Kind == WebChatEventKind.MessageChanged) Drop((WebChatEventKind.Progress, change.Id));
        var key = (change.Kind, change.Id);
        if (places.TryGetValue(key, out var place))
        {
            place.Value = change;
            return;
        }

        // The reader will read everything: what changed is in it, and progress comes again.
        if (resync) return;
        if (waiting.Count < capacity)
        {
            places.Add(key, waiting.AddLast(change));
        }
        else if (change.Kind != WebChatEventKind.Progress)
        {
            waiting.Clear();
            places.Clear();
            resync = true;
        }
    }

    private WebChatEvent? TryTake()
    {
        if (resync)
        {
            resync = false;
            return new WebChatEvent(WebChatEventKind.Resync, "");
        }

        if (waiting.First is not { } first) return null;
        Drop((first.Value.Kind, first.Value.Id));
        return first.Value;
    }

    private void Drop((WebChatEventKind Kind, string Id) key)
    {
        if (places.Remove(key, out var place)) waiting.Remove(place);
    }
}
