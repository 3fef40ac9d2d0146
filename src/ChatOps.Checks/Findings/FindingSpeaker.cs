using System.Collections.Concurrent;
using ChatOps.Checks.Files;
using ChatOps.Checks.States;
using ChatOps.Storage;

namespace ChatOps.Checks.Findings;

/// <summary>
/// Says what changed, once: the state, the finding and the message are one transaction. What is found alike at the same time is one finding. What must not be said
/// now stays untold and is said when it may be, if it still holds then.
/// </summary>
internal sealed class FindingSpeaker(IStore store, CheckFiles files, CheckBoard board, FindingWriter writer, TimeProvider time) : IDisposable
{
    /// <summary>How long a finding waits for the checks that it depends on to be looked at.</summary>
    public static readonly TimeSpan DependencyPatience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<CheckKey, bool> untold = new();
    private readonly ConcurrentDictionary<string, bool> wanted = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim one = new(1);

    /// <summary>Whether something is not said yet.</summary>
    public bool HasUntold => !untold.IsEmpty;

    /// <summary>Looks at a state at the next chance.</summary>
    public void Watch(CheckKey key) => untold[key] = true;

    /// <summary>Looks at every state: what an earlier process left untold.</summary>
    public void WatchAll()
    {
        foreach (var state in board.All.Where(s => s.Level != s.Told)) Watch(state.Key);
    }

    /// <summary>The checks that should be looked at now, since others depend on them.</summary>
    public IReadOnlyList<string> TakeWanted()
    {
        var names = wanted.Keys.ToList();
        foreach (var name in names) wanted.TryRemove(name, out _);
        return names;
    }

    /// <summary>Says what may be said.</summary>
    public async Task SpeakAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var say = Due();
            if (say.Count == 0) return;
            var groups = say.GroupBy(s => (s.Check.Name, s.State.Level, To: s.Check.To ?? ""))
                .Select(g => new FindingGroup(g.First().Check, g.Key.Level, [.. g.Select(s => s.State).OrderBy(s => s.Key.Target, StringComparer.Ordinal)])
                {
                    Muted = Dependants(g.First().Check, [.. g.Select(s => s.State.Key.Target)]),
                })
                .ToList();
            var told = await store.WriteAsync(session => writer.Write(session, groups), cancellationToken);
            // A look that came meanwhile has changed the state; what was told is put into the newest one.
            foreach (var state in told)
            {
                var newest = board.Find(state.Key) ?? state;
                board.Set(newest with { Told = state.Told, Finding = state.Finding });
                if (newest.Level == state.Told) untold.TryRemove(state.Key, out _);
            }
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private List<(CheckDefinition Check, CheckState State)> Due()
    {
        var now = time.GetUtcNow();
        var say = new List<(CheckDefinition, CheckState)>();
        foreach (var key in untold.Keys)
        {
            if (board.Find(key) is not { } state || files.Current.Find(key.Check) is not { } check || state.Level == state.Told)
            {
                untold.TryRemove(key, out _);
                continue;
            }

            if (state.Level == CheckLevel.Ok && state.Finding is null)
            {
                // Well from the beginning, or bad and well again while nothing was said.
                board.Set(state with { Told = CheckLevel.Ok });
                untold.TryRemove(key, out _);
                continue;
            }

            if (state.IsBad && !Muting.IsReady(key, check, board.Find, state.Since) && now - state.Since < DependencyPatience)
            {
                foreach (var name in check.DependsOn) wanted[name] = true;
                continue;
            }

            if (state.IsBad && Muting.Of(key, check, board.Silences, board.Find, now) is not null) continue;
            say.Add((check, state));
        }

        return say;
    }

    // What is silent because of it, so that nobody takes silence for health.
    private IReadOnlyList<string> Dependants(CheckDefinition check, IReadOnlyList<string> targets) => check.Kind == CheckKind.Node
        ? [.. board.All.Where(s => targets.Contains(s.Key.Target) && s.Key.Check != check.Name).Select(s => s.Key.Check).Distinct(StringComparer.Ordinal)]
        : [.. files.Current.Checks.Where(c => c.DependsOn.Contains(check.Name)).Select(c => c.Name)];
}
