using System.Text.Json.Nodes;

namespace ChatOps.Testing.Telegram;

/// <summary>The updates that wait for the bot: kept until confirmed, a day at most, presses 150 seconds. One poller at a time.</summary>
internal sealed class TelegramQueue(TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);
    private static readonly TimeSpan MaxPressAge = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(50);
    private const int MaxLimit = 100;

    private readonly Lock gate = new();
    private readonly List<(long Id, JsonObject Update, DateTimeOffset At)> waiting = [];
    private readonly HashSet<long> confirmed = [];
    private long nextId = 900_001;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? poller;

    public int Polls { get; private set; }

    public int Count
    {
        get { lock (gate) return waiting.Count; }
    }

    public bool IsPolled
    {
        get { lock (gate) return poller is not null; }
    }

    /// <summary>Adds an update under the next number.</summary>
    public long Add(JsonObject update)
    {
        lock (gate)
        {
            var id = nextId++;
            update["update_id"] = id;
            waiting.Add((id, update, time.GetUtcNow()));
            changed.TrySetResult();
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return id;
        }
    }

    /// <summary>Adds something as it is, whatever its number is.</summary>
    public void AddRaw(JsonObject update)
    {
        lock (gate)
        {
            waiting.Add((update["update_id"] is JsonValue v && v.TryGetValue<long>(out var id) ? id : -1, update, time.GetUtcNow()));
            changed.TrySetResult();
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>After a quiet week numbers begin anywhere.</summary>
    public void NumberFrom(long id)
    {
        lock (gate) nextId = id;
    }

    public bool IsConfirmed(long id)
    {
        lock (gate) return confirmed.Contains(id);
    }

    /// <summary>What is due for a webhook now.</summary>
    public (long Id, JsonObject Update)? Next(Func<JsonObject, bool> mayGo)
    {
        lock (gate)
        {
            Expire();
            foreach (var (id, update, _) in waiting)
            {
                if (mayGo(update)) return (id, update);
            }

            return null;
        }
    }

    /// <summary>The webhook took it.</summary>
    public void Confirm(long id)
    {
        lock (gate)
        {
            waiting.RemoveAll(w => w.Id == id);
            confirmed.Add(id);
        }
    }

    /// <summary>Something is added, or a poller comes.</summary>
    public Task Changed
    {
        get { lock (gate) return changed.Task; }
    }

    public async Task<JsonArray> GetAsync(long? offset, int? limit, int? timeout, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxLimit) limit = MaxLimit;
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationTokenSource? other;
        lock (gate)
        {
            // Whoever waits for a question finds what it confirms confirmed.
            Confirm(offset ?? 0, offset is not null);
            Polls++;
            (other, poller) = (poller, mine);
        }

        try
        {
            if (other is not null) await other.CancelAsync();
            var begun = time.GetTimestamp();
            var patience = TimeSpan.FromSeconds(Math.Max(0, timeout ?? 0));
            if (patience > MaxTimeout) patience = MaxTimeout;
            while (true)
            {
                Task change;
                lock (gate)
                {
                    Expire();
                    Confirm(offset ?? 0, offset is not null);
                    if (waiting.Count > 0) return new JsonArray([.. waiting.Take(limit ?? MaxLimit).Select(w => w.Update.DeepClone())]);
                    change = changed.Task;
                }

                var left = patience - time.GetElapsedTime(begun);
                if (left <= TimeSpan.Zero) return [];
                await Task.WhenAny(change, Task.Delay(left, time, mine.Token));
                if (mine.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                    throw TelegramRefusedException.Conflict("terminated by other getUpdates request; make sure that only one bot instance is running");
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            lock (gate)
            {
                if (poller == mine) poller = null;
            }
        }
    }

    private void Confirm(long offset, bool given)
    {
        if (!given) return;
        if (offset < 0)
        {
            waiting.RemoveRange(0, Math.Max(0, waiting.Count + (int)Math.Max(offset, -int.MaxValue)));
            return;
        }

        // An offset beyond what there is means nothing: the queue begins at its head.
        if (offset > nextId) return;
        foreach (var done in waiting.Where(w => w.Id < offset)) confirmed.Add(done.Id);
        waiting.RemoveAll(w => w.Id < offset);
    }

    private void Expire()
    {
        var now = time.GetUtcNow();
        waiting.RemoveAll(w => now - w.At > (w.Update.ContainsKey("callback_query") ? MaxPressAge : MaxAge));
    }
}
