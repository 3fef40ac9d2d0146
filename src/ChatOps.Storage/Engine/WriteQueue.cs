using System.Diagnostics.CodeAnalysis;

namespace ChatOps.Storage.Engine;

/// <summary>The bounded line before the writer. Many callers put, one thread takes; a full line makes callers wait without a thread, and not for ever.</summary>
/// <param name="capacity">Writes that may wait.</param>
/// <param name="timeout">How long a caller waits for room.</param>
[SuppressMessage("Design", "CA1001", Justification = "Late callers must find it closed, not disposed; without wait handles there is nothing to dispose.")]
internal sealed class WriteQueue(int capacity, TimeSpan timeout)
{
    private readonly SemaphoreSlim room = new(capacity, capacity);
    private readonly Lock gate = new();
    private readonly ManualResetEventSlim arrived = new();
    private readonly Queue<QueuedWrite> waiting = new();
    private int length;
    private bool closed;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (gate) return waiting.Count;
        }
    }

    /// <summary>Puts a write into the line.</summary>
    /// <exception cref="StoreUnavailableException">The line stayed full, or the store is closed.</exception>
    public ValueTask PutAsync(QueuedWrite write, CancellationToken cancellationToken)
    {
        if (!room.Wait(0, CancellationToken.None)) return PutWhenThereIsRoomAsync(write, cancellationToken);
        Enqueue(write);
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether nobody waits. A look without the lock: it may be over by the time it is used.</summary>
    public bool IsEmpty => Volatile.Read(ref length) == 0;

    /// <summary>Waits until something is there. False: closed and empty.</summary>
    public bool WaitForWork()
    {
        while (true)
        {
            lock (gate)
            {
                if (waiting.Count > 0) return true;
                if (closed) return false;
                arrived.Reset();
            }

            arrived.Wait();
        }
    }

    /// <summary>Moves up to a group of what waits into the list.</summary>
    public void Take(List<QueuedWrite> group, int most)
    {
        lock (gate)
        {
            while (group.Count < most && waiting.TryDequeue(out var write)) group.Add(write);
            length = waiting.Count;
        }

        if (group.Count > 0) room.Release(group.Count);
    }

    /// <summary>Takes everything that waits, without waiting.</summary>
    public List<QueuedWrite> TakeAll()
    {
        List<QueuedWrite> all;
        lock (gate)
        {
            all = [.. waiting];
            waiting.Clear();
            length = 0;
        }

        if (all.Count > 0) room.Release(all.Count);
        return all;
    }

    /// <summary>Lets nothing more in; what is there can still be taken.</summary>
    public void Close()
    {
        lock (gate) closed = true;
        arrived.Set();
    }

    private async ValueTask PutWhenThereIsRoomAsync(QueuedWrite write, CancellationToken cancellationToken)
    {
        if (!await room.WaitAsync(timeout, cancellationToken))
            throw new StoreUnavailableException($"The store is too busy: {capacity} writes have been waiting for {timeout.TotalSeconds:0} s. Nothing was saved. Try again later.");
        Enqueue(write);
    }

    private void Enqueue(QueuedWrite write)
    {
        lock (gate)
        {
            if (closed)
            {
                room.Release();
                throw new StoreUnavailableException("The store is closed because the gateway is stopping. Nothing was saved.");
            }

            waiting.Enqueue(write);
            length = waiting.Count;
            if (length > 1) return;
        }

        arrived.Set();
    }
}
