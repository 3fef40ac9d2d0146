using System.Globalization;
using ChatOps.EndToEnd.Agent;
using ChatOps.EndToEnd.Checks;
using ChatOps.EndToEnd.Fleet;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Platforms;
using ChatOps.EndToEnd.Running;
using ChatOps.EndToEnd.Schedules;

namespace ChatOps.EndToEnd.Crashes;

/// <summary>kill -9 at every named point between accepting a message and delivering its answer, once each; CHATOPS_CRASH_KILLS for more, spread over their first three passings.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Lanes = 2;
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

    [Theory]
    [InlineData(StoreMode.Embedded)]
    [InlineData(StoreMode.Distributed)]
    public void Every_point_is_killed_at_in_every_mode(StoreMode mode) => Assert.Equal(
        CrashPoints.All,
        CrashPoints.OfText.Concat(ModelKillTests.Killed(mode)).Concat(PlanKillTests.Killed(mode)).Concat(HaltKillTests.Killed).Concat(ScheduleKillTests.Killed(mode)).Concat(FindingTests.Killed)
            .Concat(NodeKillTests.Killed).Concat(VoiceKillTests.Killed).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(StoreMode.Embedded)]
    [InlineData(StoreMode.Distributed)]
    public async Task However_it_is_killed_nothing_is_lost_and_nothing_ran_twice(StoreMode mode)
    {
        var points = CrashPoints.OfText;
        var kills = int.TryParse(Environment.GetEnvironmentVariable("CHATOPS_CRASH_KILLS"), CultureInfo.InvariantCulture, out var wanted) ? Math.Max(points.Count, wanted) : points.Count;
        var plan = Enumerable.Range(0, kills).Select(i => (Point: points[i % points.Count], Occurrence: 1 + (i + i / points.Count) % Occurrences)).ToArray();
        new Random(Seed).Shuffle(plan);
        var lanes = Enumerable.Range(0, Lanes).Select(n => new CrashLane(folder.Path, n, mode)).ToList();

        await Task.WhenAll(lanes.Select((lane, n) => Task.Run(() => lane.RunAsync(plan.Where((_, i) => i % Lanes == n)))));

        Assert.Equal(kills, lanes.Sum(l => l.Deaths.Count));
        Assert.All(points, point => Assert.Contains(lanes.SelectMany(l => l.Deaths), d => d.Point == point));
        foreach (var lane in lanes) LedgerRules.Check(await Ledger.ReadAsync(lane));
    }
}
