using System.Collections.Concurrent;
using ChatOps.Checks.Files;
using ChatOps.Checks.Findings;
using ChatOps.Checks.Probes;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Running;

/// <summary>One look of a check: what is found goes through the state machine, and what changed is said.</summary>
internal sealed class CheckRunner(IProber prober, CheckBoard board, FindingSpeaker speaker, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new(StringComparer.Ordinal);
    private readonly Lock apply = new();

    /// <summary>Looks once; answers with where its targets stand then.</summary>
    public async Task<IReadOnlyList<CheckState>> RunAsync(CheckDefinition check, CancellationToken cancellationToken)
    {
        // The looks of one check come one after the other, also when somebody asks for one while it is looked at.
        var turn = turns.GetOrAdd(check.Name, static _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            var looks = await prober.LookAsync(check, cancellationToken);
            var changed = false;
            var states = new List<CheckState>();
            lock (apply)
            {
                foreach (var look in looks)
                {
                    changed |= ApplyNode(look);
                    if (look.Away) continue;
                    var before = board.Find(new(check.Name, look.Target));
                    var seen = check.Kind == CheckKind.LogErrors ? LogErrors.Against(look, check, before, time.GetUtcNow()) : look;
                    changed |= Apply(new(check.Name, look.Target), seen, check, states);
                }
            }

            if (changed) await speaker.SpeakAsync(cancellationToken);
            return [.. states.Select(s => board.Find(s.Key) ?? s)];
        }
        finally
        {
            turn.Release();
        }
    }

    // A node that is away is one finding, whatever was to be looked at there.
    private bool ApplyNode(Observation look)
    {
        var node = CheckDefinition.ReachableNode;
        var key = new CheckKey(node.Name, look.Target);
        if (!look.Away && board.Find(key) is null) return false;
        return Apply(key, look.Away ? look : Observation.Ok(look.Target, "The node can be reached."), node, null);
    }

    private bool Apply(CheckKey key, Observation look, CheckDefinition check, List<CheckState>? states)
    {
        var before = board.Find(key) ?? new CheckState { Key = key, Kind = check.KindWord, Since = time.GetUtcNow() };
        var after = CheckMachine.Next(before, look, check, time.GetUtcNow());
        board.Set(after);
        states?.Add(after);
        if (after.Level == after.Told) return false;
        speaker.Watch(key);
        return after.Level != before.Level;
    }
}
