using System.Diagnostics.Metrics;
using ChatOps.Storage;

namespace ChatOps.Agent.Turns;

/// <summary>Turns as numbers.</summary>
internal sealed class TurnMetrics
{
    private readonly Counter<long> turns;
    private readonly Histogram<double> duration;

    public TurnMetrics(IMeterFactory meters, RunningTurns running)
    {
        var meter = meters.Create("ChatOps");
        turns = meter.CreateCounter<long>("chatops.turns", "{turn}", "Turns that ended, by the state of their message.");
        duration = meter.CreateHistogram<double>("chatops.turn.duration", "s", "From a turn's beginning to its committed answer.");
        meter.CreateObservableGauge("chatops.turns.running", () => running.All.Count, "{turn}", "Turns that run now.");
    }

    /// <summary>A turn has ended.</summary>
    public void Ended(InboxState state, TimeSpan took)
    {
        var tag = KeyValuePair.Create<string, object?>("state", state.ToString().ToLowerInvariant());
        turns.Add(1, tag);
        duration.Record(took.TotalSeconds, tag);
    }
}
