using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Turns;

/// <summary>
/// Runs one worker for each conversation that has work, any number of conversations at once up to a bound; a wake-up costs the caller nothing.
/// At shutdown no new turn begins, running ones get their time, then they are cancelled and left for recovery.
/// </summary>
internal sealed partial class TurnScheduler(ConversationWorker worker, AgentOptions options, TimeProvider time, ILogger<TurnScheduler> log) : IHostedService, IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim slots = new(options.MaxConcurrentTurns);
    private readonly CancellationTokenSource drain = new();
    private readonly CancellationTokenSource shutdown = new();

    /// <summary>How many conversations have a worker, and how many of those wait for a free slot.</summary>
    public (int Workers, bool SlotsFull) Load
    {
        get
        {
            lock (gate) return (entries.Count, slots.CurrentCount == 0);
        }
    }

    /// <summary>Whether no turn begins any more because the gateway stops.</summary>
    public bool IsDraining => drain.IsCancellationRequested;

    /// <summary>Whether a worker is at the conversation now.</summary>
    public bool IsAt(string conversationId)
    {
        lock (gate) return entries.ContainsKey(conversationId);
    }

    /// <summary>Has the conversation looked at, now or as soon as a slot is free.</summary>
    public void Wake(string conversationId)
    {
        lock (gate)
        {
            if (IsDraining) return;
            if (entries.TryGetValue(conversationId, out var entry))
            {
                entry.Again = true;
                return;
            }
            entries[conversationId] = entry = new Entry();
            entry.Work = Task.Run(() => WorkAsync(conversationId, entry), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] work;
        lock (gate)
        {
            drain.Cancel();
            work = [.. entries.Values.Select(e => e.Work)];
        }
        var all = Task.WhenAll(work);
        if (work.Length > 0) LogDraining(work.Length, options.DrainTime);
        try
        {
            await all.WaitAsync(options.DrainTime, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            LogCancelling(work.Count(w => !w.IsCompleted));
            await shutdown.CancelAsync();
            await Task.WhenAny(all, Task.Delay(CancelTime, time, CancellationToken.None));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        drain.Dispose();
        shutdown.Dispose();
        slots.Dispose();
    }

    /// <summary>How long cancelled turns may take to end at shutdown.</summary>
    private static readonly TimeSpan CancelTime = TimeSpan.FromSeconds(5);

    private async Task WorkAsync(string conversationId, Entry entry)
    {
        while (true)
        {
            TimeSpan? pause;
            try
            {
                await slots.WaitAsync(drain.Token);
                try
                {
                    lock (gate) entry.Again = false;
                    pause = await worker.WorkAsync(conversationId, drain.Token, shutdown.Token);
                }
                finally
                {
                    slots.Release();
                }
                if (pause is { } delay) await Task.Delay(delay, time, drain.Token);
            }
            catch (OperationCanceledException) when (IsDraining)
            {
                pause = null;
            }

            lock (gate)
            {
                if ((pause is not null || entry.Again) && !IsDraining) continue;
                entries.Remove(conversationId);
                return;
            }
        }
    }

    private sealed class Entry
    {
        public bool Again { get; set; }

        public Task Work { get; set; } = Task.CompletedTask;
    }
}
