using System.Globalization;
using ChatOps.Diagnostics;
using ChatOps.Storage;

namespace ChatOps.Agent.Turns;

/// <summary>How the turns are: what runs, since when, and what waits.</summary>
internal sealed class TurnHealth(RunningTurns running, TurnScheduler scheduler, IStore store, AgentOptions options, TimeProvider time) : IHealthPart
{
    /// <summary>A message that is open longer than this without a running turn of that age is worth a look.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public string Name => "turns";

    /// <inheritdoc/>
    public async Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var turns = running.All;
        var now = time.GetUtcNow();
        var oldest = turns.Count == 0 ? TimeSpan.Zero : now - turns.Min(t => t.StartedAt);
        var facts = new Dictionary<string, string>
        {
            ["running"] = Number(turns.Count),
            ["oldestSeconds"] = Number((long)oldest.TotalSeconds),
            ["limit"] = Number(options.MaxConcurrentTurns),
        };
        try
        {
            var (waiting, count) = await store.ReadAsync(session => session.Inbox.Waiting(), cancellationToken);
            facts["open"] = Number(count);
            var age = waiting is { } since ? now - since : TimeSpan.Zero;
            facts["oldestOpenSeconds"] = Number((long)age.TotalSeconds);
            if (scheduler.Load.SlotsFull)
                return new(PartState.Degraded, $"All {options.MaxConcurrentTurns} turns that may run at once are busy; {count} messages are open. They are answered in order.", facts);
            if (age > LongWait && age > oldest + LongWait)
                return new(PartState.Degraded, $"A message waits for {(long)age.TotalMinutes} minutes without a turn; the recovery sweep takes it up. See the log.", facts);
        }
        catch (StoreUnavailableException e)
        {
            return new(PartState.Failed, e.Message, facts);
        }
        return new(PartState.Ok, turns.Count == 0 ? "Idle." : $"{turns.Count} running.", facts);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
