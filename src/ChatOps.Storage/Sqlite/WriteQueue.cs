using System.Diagnostics.CodeAnalysis;

namespace ChatOps.Storage.Sqlite;

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
        cancellationToken.ThrowIfCancellationRequested();
        if (!room.Wait(0, CancellationToken.None)) return PutWhenThereIsRoomAsync(write, cancellationToken);
        Enqueue(write);
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits until something is there, and moves up to a group of it into the list. False: closed and empty.</summary>
    public bool Take(List<QueuedWrite> group, int most)
    {
        while (true)
        {
            lock (gate)
            {
                while (group.Count < most && waiting.TryDequeue(out var write)) group.Add(write);
                if (group.Count > 0) break;
                if (closed) return false;
                arrived.Reset();
            }

            arrived.Wait();
        }

        room.Release(group.Count);
        return true;
    }

    /// <summary>Takes everything that waits, without waiting.</summary>
    public List<QueuedWrite> TakeAll()
    {
        List<QueuedWrite> all;
        lock (gate)
        {
            all = [.. waiting];
            waiting.Clear();
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
            if (waiting.Count > 1) return;
        }

        arrived.Set();
    }
}
