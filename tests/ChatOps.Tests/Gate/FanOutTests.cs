using System.Collections.Concurrent;
using ChatOps.Fleet;
using ChatOps.Testing;
using ChatOps.Tools.Run;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Gate;

/// <summary>Laws of a run over many nodes, whatever comes of each and however it is controlled.</summary>
public sealed class FanOutTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(400);

    private static readonly Gen<ExecutionEnd[]> Ends = Gen.Elements(Enum.GetValues<ExecutionEnd>()).ArrayOf();

    private static readonly Gen<Share?> Shares = Gen.OneOf(
        Gen.Constant<Share?>(null), Gen.Choose(1, 12).Select(n => (Share?)new Share(n, false)), Gen.Choose(0, 100).Select(n => (Share?)new Share(n, true)));

    private static Gen<FanOutControl> Controls =>
        from parallel in Gen.Choose(1, 8)
        from batch in Shares
        from failures in Shares
        select new FanOutControl(parallel, TimeSpan.Zero, batch, failures);

    private static Gen<(ExecutionEnd[] Ends, FanOutControl Control)> Cases => from ends in Ends from control in Controls select (ends, control);

    [Fact]
    public void Every_node_ends_once_and_the_outcomes_add_up_for_any_mix_and_any_control() => Check.One(Many, Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var fleet = new Scripted(c.Ends);
        var runs = fleet.Run(c.Control, CancellationToken.None);
        Assert.Equal(fleet.Targets.Select(t => t.Name), runs.Select(r => r.Node));
        Assert.Equal(c.Ends.Length, Enum.GetValues<NodeOutcome>().Sum(o => runs.Count(r => r.Outcome == o)));
        Assert.Equal(fleet.Begun.Distinct(), fleet.Begun);
        Assert.True(fleet.MostAtOnce <= c.Control.Parallel);
        Assert.All(runs, (run, i) => Assert.True(fleet.Begun.Contains(run.Node)
            ? run.Result.End == c.Ends[i]
            : run.Outcome == NodeOutcome.NotStarted && run.Result.Message is not null));
    }));

    [Fact]
    public void No_node_is_left_out_unless_more_than_the_limit_did_not_succeed_and_none_is_begun_after_that() => Check.One(Many, Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var fleet = new Scripted(c.Ends);
        var runs = fleet.Run(c.Control, CancellationToken.None);
        var notOk = runs.Count(r => fleet.Begun.Contains(r.Node) && r.Outcome != NodeOutcome.Ok);
        var exceeded = c.Control.MaxFailures is { } max && max.IsExceededBy(notOk, c.Ends.Length);
        if (!exceeded) Assert.Equal(c.Ends.Length, fleet.Begun.Count);
        if (exceeded && c.Control.Parallel == 1) Assert.False(c.Control.MaxFailures!.Value.IsExceededBy(notOk - 1, c.Ends.Length));
        if (exceeded) Assert.True(notOk <= c.Control.MaxFailures!.Value.Number * (c.Control.MaxFailures.Value.IsPercent ? c.Ends.Length / 100.0 : 1) + c.Control.Parallel);
    }));

    [Fact]
    public void A_stop_at_any_moment_begins_nothing_more_and_still_accounts_for_every_node() => Check.One(Many, Prop.ForAll(
        (from c in Cases from at in Gen.Choose(0, 10) select (c.Ends, c.Control, at)).ToArbitrary(), c =>
        {
            using var stop = new CancellationTokenSource();
            var fleet = new Scripted(c.Ends) { AfterStart = n => { if (n == c.at) stop.Cancel(); } };
            if (c.at == 0) stop.Cancel();
            var runs = fleet.Run(c.Control, stop.Token);
            Assert.Equal(fleet.Targets.Select(t => t.Name), runs.Select(r => r.Node));
            Assert.True(fleet.Begun.Count <= Math.Max(c.at, c.at == 0 ? 0 : 1) || !stop.IsCancellationRequested);
            Assert.All(runs.Where(r => !fleet.Begun.Contains(r.Node)), r => Assert.Equal(NodeOutcome.NotStarted, r.Outcome));
        }));

    [Theory]
    [InlineData(2, false, 2, 10, false)]
    [InlineData(2, false, 3, 10, true)]
    [InlineData(0, false, 0, 10, false)]
    [InlineData(0, false, 1, 10, true)]
    [InlineData(20, true, 2, 10, false)]
    [InlineData(20, true, 3, 10, true)]
    [InlineData(33, true, 1, 3, true)]
    [InlineData(100, true, 3, 3, false)]
    public void The_limit_of_failures_is_exceeded_not_equalled(int number, bool percent, int failures, int total, bool exceeded) =>
        Assert.Equal(exceeded, new Share(number, percent).IsExceededBy(failures, total));

    [Theory]
    [InlineData("5", 100, 5)]
    [InlineData("20%", 10, 2)]
    [InlineData("20%", 11, 3)]
    [InlineData("1%", 3, 1)]
    [InlineData("100%", 7, 7)]
    public void A_part_of_a_node_is_a_node(string text, int total, int nodes)
    {
        Assert.True(Share.TryParse(text, out var share));
        Assert.Equal(nodes, share.Value.Of(total));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("-1")]
    [InlineData("101%")]
    [InlineData("1.5")]
    [InlineData("many")]
    [InlineData("99999999999")]
    public void What_is_no_number_of_nodes_is_refused(string text) => Assert.False(Share.TryParse(text, out _));

    [Fact]
    public async Task A_batch_begins_when_every_node_of_the_one_before_has_ended()
    {
        var first = new TaskCompletionSource();
        var fleet = new Scripted(Enumerable.Repeat(ExecutionEnd.Exited, 6).ToArray()) { Until = node => node == "n0001" ? first.Task : Task.CompletedTask };
        var run = fleet.RunAsync(new FanOutControl(8, TimeSpan.Zero, new Share(3, false), null), new FakeTimeProvider(), TestContext.Current.CancellationToken);
        await Testing.Until.TrueAsync(() => fleet.Ended == 2);
        Assert.Equal(3, fleet.Begun.Count);
        first.SetResult();
        Assert.Equal(6, (await run).Count(r => r.Outcome == NodeOutcome.Ok));
    }

    [Fact]
    public async Task Between_two_starts_lies_the_delay_and_a_stop_ends_it()
    {
        var time = new FakeTimeProvider();
        using var stop = new CancellationTokenSource();
        var fleet = new Scripted(Enumerable.Repeat(ExecutionEnd.Exited, 4).ToArray());
        var run = fleet.RunAsync(new FanOutControl(8, TimeSpan.FromSeconds(5), null, null), time, stop.Token);
        await Testing.Until.TrueAsync(() => time.WaitingTimers == 1);
        Assert.Single(fleet.Begun);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Single(fleet.Begun);
        time.Advance(TimeSpan.FromSeconds(1));
        await Testing.Until.TrueAsync(() => fleet.Begun.Count == 2 && time.WaitingTimers == 1);
        await stop.CancelAsync();
        var runs = await run;
        Assert.Equal((2, 2), (runs.Count(r => r.Outcome == NodeOutcome.Ok), runs.Count(r => r.Outcome == NodeOutcome.NotStarted)));
    }

    /// <summary>Nodes of which each ends as told.</summary>
    private sealed class Scripted(ExecutionEnd[] ends)
    {
        private int now;
        private int most;
        private int ended;
        private int begun;

        public IReadOnlyList<NodeInfo> Targets { get; } =
            [.. ends.Select((_, i) => new NodeInfo($"n{i:0000}", new Dictionary<string, string>(), NodeState.Online, new Dictionary<string, string>(), default))];

        public ConcurrentQueue<string> Begun { get; } = new();

        public int MostAtOnce => most;

        public int Ended => Volatile.Read(ref ended);

        public Action<int> AfterStart { get; init; } = _ => { };

        public Func<string, Task> Until { get; init; } = async _ => await Task.Yield();

        public IReadOnlyList<NodeRun> Run(FanOutControl control, CancellationToken stop) => RunAsync(control, new FakeTimeProvider(), stop).WaitAsync(Testing.Until.Limit, CancellationToken.None).GetAwaiter().GetResult();

        public Task<IReadOnlyList<NodeRun>> RunAsync(FanOutControl control, TimeProvider time, CancellationToken stop) => new FanOut(control, time).RunAsync(Targets, OneAsync, stop);

        private async Task<NodeRun> OneAsync(NodeInfo node, CancellationToken stop)
        {
            Begun.Enqueue(node.Name);
            var at = Interlocked.Increment(ref now);
            for (int seen; (seen = Volatile.Read(ref most)) < at && Interlocked.CompareExchange(ref most, at, seen) != seen;) { }
            AfterStart(Interlocked.Increment(ref begun));
            await Until(node.Name);
            Interlocked.Decrement(ref now);
            Interlocked.Increment(ref ended);
            var end = ends[int.Parse(node.Name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)];
            return new NodeRun(node.Name, new ExecutionResult(end, end == ExecutionEnd.Exited ? 0 : null, "", 0, 0, null, TimeSpan.Zero, null), null);
        }
    }
}
