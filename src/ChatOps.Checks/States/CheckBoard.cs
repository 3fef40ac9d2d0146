using System.Collections.Concurrent;
using ChatOps.Storage;

namespace ChatOps.Checks.States;

/// <summary>
/// Where every check stands, in memory and in the store. What people are told is written with what they are told; quiet looks are written together from time to time,
/// so that a crash loses a minute of history and no change.
/// </summary>
internal sealed class CheckBoard(IStore store, TimeProvider time)
{
    private const int RowsAtATime = 500;

    private readonly ConcurrentDictionary<CheckKey, CheckState> states = new();
    private readonly ConcurrentDictionary<CheckKey, bool> unwritten = new();
    private readonly ConcurrentDictionary<CheckKey, DateTimeOffset> values = new();
    private volatile IReadOnlyList<CheckSilence> silences = [];
    private DateTimeOffset pruned;

    /// <summary>All of them, the worst first.</summary>
    public IReadOnlyList<CheckState> All =>
        [.. states.Values.OrderByDescending(s => s.Level).ThenBy(s => s.Key.Check, StringComparer.Ordinal).ThenBy(s => s.Key.Target, StringComparer.Ordinal)];

    /// <summary>The silences that were last read.</summary>
    public IReadOnlyList<CheckSilence> Silences => silences;

    /// <summary>One; null before its first look.</summary>
    public CheckState? Find(CheckKey key) => states.GetValueOrDefault(key);

    /// <summary>Reads what an earlier process left.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var state in await store.ReadAsync(s => s.Checks.States(), cancellationToken)) states.TryAdd(state.Key, state);
        await ReadSilencesAsync(cancellationToken);
    }

    /// <summary>Reads the silences again.</summary>
    public async Task ReadSilencesAsync(CancellationToken cancellationToken) => silences = await store.ReadAsync(s => s.Checks.Silences(time.GetUtcNow()), cancellationToken);

    /// <summary>Takes a state over; it is written with the next flush.</summary>
    public void Set(CheckState state)
    {
        states[state.Key] = state;
        unwritten[state.Key] = true;
    }

    /// <summary>Takes states over that were written already.</summary>
    public void Written(IEnumerable<CheckState> written)
    {
        foreach (var state in written)
        {
            states[state.Key] = state;
            unwritten.TryRemove(state.Key, out _);
        }
    }

    /// <summary>Writes what is not written yet.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hour = CheckValues.HourOf(now);
        foreach (var keys in unwritten.Keys.Chunk(RowsAtATime))
        {
            foreach (var key in keys) unwritten.TryRemove(key, out _);
            try
            {
                await store.WriteAsync(
                    session =>
                    {
                        foreach (var key in keys)
                        {
                            if (!states.TryGetValue(key, out var state)) continue;
                            session.Checks.SetState(state, now);
                            if (values.GetValueOrDefault(key) != hour && CheckValues.LastHour(state, now) is { } value) session.Checks.SetValue(key, value);
                        }

                        return true;
                    },
                    cancellationToken);
                foreach (var key in keys) values[key] = hour;
            }
            catch (StoreUnavailableException)
            {
                foreach (var key in keys) unwritten[key] = true;
                throw;
            }
        }
    }

    /// <summary>Removes values that are older than values are kept, once an hour.</summary>
    public async Task PruneAsync(CancellationToken cancellationToken)
    {
        var hour = CheckValues.HourOf(time.GetUtcNow());
        if (pruned == hour) return;
        while (await store.WriteAsync(s => s.Checks.PruneValues(hour - CheckValues.Kept), cancellationToken) > 0)
        {
            // A bounded number in each transaction: others write between them.
        }

        pruned = hour;
    }

    /// <summary>Forgets states whose check or target is gone; a finding that was about nothing else is over.</summary>
    public async Task ForgetAsync(Func<CheckState, bool> gone, CancellationToken cancellationToken)
    {
        var left = states.Values.Where(gone).ToList();
        if (left.Count == 0) return;
        await store.WriteAsync(
            session =>
            {
                foreach (var state in left)
                {
                    session.Checks.RemoveState(state.Key);
                    if (state.Finding is null || session.Checks.Finding(state.Finding) is not { } finding) continue;
                    var targets = finding.Targets.Where(t => t != state.Key.Target).ToList();
                    session.Checks.SetFinding(targets.Count == 0 ? finding with { ClosedAt = time.GetUtcNow() } : finding with { Targets = targets });
                }

                return true;
            },
            cancellationToken);
        foreach (var key in left.Select(s => s.Key))
        {
            states.TryRemove(key, out _);
            unwritten.TryRemove(key, out _);
            values.TryRemove(key, out _);
        }
    }
}
