using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Crashes;

/// <summary>kill -9 at every named point between accepting a message and delivering its answer.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Kills = 200;
    private const int Lanes = 4;
    private const int Occurrences = 3;
    private const int Seed = 20;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_points_on_the_way_of_a_message_are_the_known_ones() => Assert.Equal(
        [
            "finding.begun", "finding.decided", "finding.invoked", "finding.proposed", "gate.approved", "gate.intent", "gate.outcome", "gate.ran", "gate.started", "gate.stopping", "gate.waiting",
            "inbox.received", "inbox.stored", "node.ran", "node.recorded", "node.registered", "node.sent", "outbox.sending", "outbox.sent", "plan.checked", "plan.step", "schedule.claimed", "schedule.ended", "schedule.worked", "turn.answered", "turn.called", "turn.invoked", "turn.modelled", "turn.started",
            "voice.heard", "voice.transcribed",
        ],
        CrashPoints.All);

    [Fact]
    public async Task After_two_hundred_kills_nothing_is_lost_and_nothing_ran_twice()
    {
        var points = CrashPoints.OfText;
        var plan = Enumerable.Range(0, Kills).Select(i => (Point: points[i % points.Count], Occurrence: 1 + i / points.Count % Occurrences)).ToArray();
        new Random(Seed).Shuffle(plan);
        var lanes = Enumerable.Range(0, Lanes).Select(n => new CrashLane(folder.Path, n)).ToList();

        await Task.WhenAll(lanes.Select((lane, n) => Task.Run(() => lane.RunAsync(plan.Where((_, i) => i % Lanes == n)))));

        Assert.Equal(Kills, lanes.Sum(l => l.Deaths.Count));
        Assert.All(points, point => Assert.Contains(lanes.SelectMany(l => l.Deaths), d => d.Point == point));
        foreach (var lane in lanes) LedgerRules.Check(await Ledger.ReadAsync(lane));
    }
}
