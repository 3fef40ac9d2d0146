using ChatOps.Fleet;
using ChatOps.Jobs;
using ChatOps.Messages;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Gate;

/// <summary>A running fan-out: what is shown of it, who may look and stop, and that a stop holds over a crash.</summary>
public sealed class JobTests
{
    [Fact]
    public async Task The_picture_has_the_bar_the_counts_the_slow_ones_by_name_and_the_page()
    {
        await using var gate = await FleetAsync(4);
        var stage = new Stage(gate) { Ends = { ["web-1"] = FakeFleet.Exited(0, "fine\n"), ["web-2"] = FakeFleet.Exited(1, "no\n") } };
        var watch = new Watch();
        var run = gate.Gate.InvokeAsync(gate.RunRequest("ana", "read x", "role=web"), watch, TestContext.Current.CancellationToken);
        await stage.HeldAsync(2);
        await Testing.Until.TrueAsync(() => gate.Jobs.Running() is [{ Done: 2 }]);
        gate.Time.Advance(TimeSpan.FromSeconds(6));
        await Testing.Until.TrueAsync(() => watch.Last is { } p && Text(p).Contains("web-3 (6 s)", StringComparison.Ordinal));

        var picture = watch.Last!;
        Assert.Equal((2, 4), picture.Blocks.OfType<ProgressBlock>().Select(b => ((int)b.Done, (int)b.Total!)).Single());
        Assert.Contains("1 ok · 1 failed · 2 running", Text(picture), StringComparison.Ordinal);
        Assert.Contains("Slow: web-", Text(picture), StringComparison.Ordinal);
        Assert.StartsWith("/jobs/", picture.Blocks.OfType<PageBlock>().Single().Path, StringComparison.Ordinal);
        stage.LetGo();
        Assert.Equal(InvocationStatus.Partial, (await run).Status);
        Assert.Empty(gate.Jobs.Running());
    }

    [Fact]
    public async Task Whoever_follows_nodes_is_told_each_end_once_and_redacted()
    {
        await using var gate = await FleetAsync(5);
        gate.Fleet.Run = (r, _, _) => Task.FromResult(FakeFleet.Exited(r.Node == "web-3" ? 2 : 0, $"{Testing.FakeRedactor.Secret}\n"));
        var watch = new Watch { FollowsNodes = true };
        await gate.Gate.InvokeAsync(gate.RunRequest("ana", "read x", "role=web"), watch, TestContext.Current.CancellationToken);
        Assert.Equal(5, watch.Ends.Select(e => e.Node).Distinct().Count());
        Assert.Equal(5, watch.Ends.Count);
        Assert.Equal(("failed", 2), watch.Ends.Where(e => e.Node == "web-3").Select(e => (e.Outcome, e.ExitCode!.Value)).Single());
        Assert.DoesNotContain(watch.Ends, e => e.Output.Contains(Testing.FakeRedactor.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_tail_shows_the_newest_lines_of_what_works_and_of_what_failed_without_secrets()
    {
        await using var gate = await FleetAsync(3);
        var stage = new Stage(gate)
        {
            Ends = { ["web-1"] = FakeFleet.Exited(0, "fine\n"), ["web-2"] = FakeFleet.Exited(1, "broken\n") },
            Says = { ["web-3"] = string.Concat(Enumerable.Range(1, 3000).Select(i => $"line {i}\n")) + $"{Testing.FakeRedactor.Secret}\n" },
        };
        var request = gate.RunRequest("ana", "read x", "role=web");
        var run = gate.CallAsync(request);
        await stage.HeldAsync(1);
        await Testing.Until.TrueAsync(() => gate.Jobs.Running() is [{ Done: 2 }]);
        var tail = await gate.CallAsync(gate.Request("ana", "job_tail", ("id", request.Id)));
        var codes = tail.Result!.Message.Blocks.OfType<CodeBlock>().ToList();
        Assert.Equal(["web-3", "web-2"], codes.Select(c => c.Title!.Split(' ')[0]));
        Assert.Contains("line 3000", codes[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("line 2000\n", codes[0].Text, StringComparison.Ordinal);
        Assert.Equal("broken", codes[1].Text);
        Assert.DoesNotContain(Testing.FakeRedactor.Secret, Json.Write(tail), StringComparison.Ordinal);
        Assert.Equal(FailureCode.NotFound, (await gate.CallAsync(gate.Request("guest", "job_tail", ("id", request.Id)))).Failure);
        stage.LetGo();
        await run;
    }

    [Fact]
    public async Task The_button_stops_exactly_this_job_says_who_and_is_on_record()
    {
        await using var gate = await FleetAsync(6);
        var stage = new Stage(gate);
        var mine = gate.Request("ana", "run", ("command_line", "read x"), ("on", "role=web"), ("parallel", "2"));
        var other = gate.RunRequest("ana", "read y", "web-6");
        var (run, untouched) = (gate.CallAsync(mine), gate.CallAsync(other));
        await stage.HeldAsync(3);
        var stop = await gate.CallAsync(gate.Request("ana", "job_stop", ("id", mine.Id)));
        Assert.Equal(InvocationStatus.Done, stop.Status);
        var outcome = await run;
        Assert.Equal(FailureCode.Cancelled, outcome.Failure);
        Assert.StartsWith("Stopped by ana.", outcome.Summary, StringComparison.Ordinal);
        Assert.Equal(3, gate.Fleet.Executions.Count);
        Assert.False(untouched.IsCompleted);
        Assert.Contains(await gate.RecordsAsync(), r => r.Entry.InvocationId == mine.Id && r.Entry.Summary.Contains("asked to stop", StringComparison.Ordinal));
        stage.LetGo();
        Assert.Equal(InvocationStatus.Done, (await untouched).Status);
        Assert.Contains("ended already", (await gate.CallAsync(gate.Request("ana", "job_stop", ("id", mine.Id)))).Summary, StringComparison.Ordinal);
        await gate.AssertRecordHoldsAsync();
    }

    [Fact]
    public async Task Who_may_not_run_there_can_neither_see_nor_stop_a_job_of_another_conversation()
    {
        await using var gate = await FleetAsync(2);
        var stage = new Stage(gate);
        var request = gate.RunRequest("ana", "read x", "role=web");
        var run = gate.CallAsync(request);
        await stage.HeldAsync(2);
        Assert.Equal(FailureCode.NotFound, (await gate.CallAsync(gate.Request("guest", "job_stop", ("id", request.Id)))).Failure);
        Assert.Null(await gate.Jobs.FindAsync(request.Id, gate.Access.Resolve(GateHarness.Actor("guest"))!, null, TestContext.Current.CancellationToken));
        // In the job's own conversation everybody who is known may stop, as with /stop.
        var there = gate.Request("guest", "job_stop", ("id", request.Id)) with { Conversation = request.Conversation };
        Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(there)).Status);
        Assert.StartsWith("Stopped by guest.", (await run).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_is_there_in_full_while_it_runs_and_afterwards()
    {
        await using var gate = await FleetAsync(3);
        var stage = new Stage(gate) { Ends = { ["web-1"] = FakeFleet.Exited(0, "fine\n") } };
        var request = gate.RunRequest("ana", "read x", "role=web");
        var run = gate.CallAsync(request);
        await stage.HeldAsync(2);
        await Testing.Until.TrueAsync(() => gate.Jobs.Running() is [{ Done: 1 }]);
        var ana = gate.Access.Resolve(GateHarness.Actor("ana"))!;
        var job = (await gate.Jobs.FindAsync(request.Id, ana, null, TestContext.Current.CancellationToken))!;
        Assert.Equal(["ok", "running", "running"], job.Nodes.Select(n => n.Word));
        Assert.Equal(("fine\n", InvocationStatus.Running, 1), (job.Nodes[0].Output, job.Status, job.Done));
        stage.LetGo();
        await run;
        job = (await gate.Jobs.FindAsync(request.Id, ana, null, TestContext.Current.CancellationToken))!;
        Assert.Equal([new JobCount("ok", 3)], job.Counts);
        Assert.Equal(("fine\n", InvocationStatus.Done), (job.Nodes[0].Output, job.Status));
        Assert.Equal("Run read x on 3 nodes", job.Title);
    }

    [Fact]
    public async Task A_stop_that_was_accepted_before_a_crash_stops_what_the_next_process_finds_again_and_begins_nothing()
    {
        var gate = await FleetAsync(3);
        var stage = new Stage(gate) { HeedsStops = false };
        var request = gate.Request("ana", "run", ("command_line", "read x"), ("on", "role=web"), ("parallel", "2"));
        // Nobody hears of its end: its process is gone.
        _ = gate.CallAsync(request);
        await stage.HeldAsync(2);
        // The crash point: the stop is committed, and nothing has been told of it.
        await gate.Store.WriteAsync(s => s.Invocations.RequestStop(new ChatOps.Storage.StopRequest(request.Id, "ana", gate.Time.GetUtcNow())), TestContext.Current.CancellationToken);

        await using var next = await gate.RestartAsync(fleet =>
        {
            foreach (var i in Enumerable.Range(1, 3)) fleet.Remote($"web-{i}", ("role", "web"));
            fleet.Run = (asked, _, stop) => Task.FromResult(
                asked.Node == "web-3" ? Ended(ExecutionEnd.NotStarted) : Ended(stop.IsCancellationRequested && asked.OnlyAttach ? ExecutionEnd.Cancelled : ExecutionEnd.Exited));
        });
        var outcome = await next.WaitAsync(request.Id);
        Assert.Equal(FailureCode.Cancelled, outcome.Failure);
        Assert.StartsWith("Stopped by ana.", outcome.Summary, StringComparison.Ordinal);
        Assert.Equal(3, next.Fleet.Executions.Count);
        Assert.All(next.Fleet.Executions, e => Assert.True(e.OnlyAttach));
        stage.LetGo();
    }

    [Fact]
    public async Task What_was_stopped_before_its_intent_was_recorded_never_begins_not_even_after_a_crash()
    {
        await using var gate = await FleetAsync(2);
        var request = gate.RunRequest("ana", "read x", "role=web") with { InboxId = "inbox-7" };
        await gate.Store.WriteAsync(s => s.Invocations.RequestStop(new ChatOps.Storage.StopRequest("inbox-7", "li", gate.Time.GetUtcNow())), TestContext.Current.CancellationToken);
        var outcome = await gate.CallAsync(request);
        Assert.Equal((InvocationStatus.Refused, FailureCode.Cancelled), (outcome.Status, outcome.Failure));
        Assert.Contains("Stopped by li before anything ran", outcome.Summary, StringComparison.Ordinal);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task What_was_approved_and_stopped_before_it_began_does_not_begin()
    {
        await using var gate = await FleetAsync(2);
        var waiting = await gate.RunAsync("ana", "change x", "role=web");
        await gate.Store.WriteAsync(s => s.Invocations.RequestStop(new ChatOps.Storage.StopRequest(waiting.InvocationId, "li", gate.Time.GetUtcNow())), TestContext.Current.CancellationToken);
        await gate.ApproveAsync("li", waiting.ApprovalId!);
        var outcome = await gate.WaitAsync(waiting.InvocationId);
        Assert.Equal(InvocationStatus.Refused, outcome.Status);
        Assert.Contains("Stopped by li before anything ran", outcome.Summary, StringComparison.Ordinal);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task A_job_that_the_next_process_follows_is_shown_to_whoever_waits_for_it()
    {
        var gate = await FleetAsync(2);
        var stage = new Stage(gate) { HeedsStops = false };
        var request = gate.RunRequest("ana", "read x", "role=web");
        // Nobody hears of its end: its process is gone.
        _ = gate.CallAsync(request);
        await stage.HeldAsync(2);
        var again = new TaskCompletionSource();
        await using var next = await gate.RestartAsync(fleet =>
        {
            foreach (var i in Enumerable.Range(1, 2)) fleet.Remote($"web-{i}", ("role", "web"));
            fleet.Run = async (asked, _, _) =>
            {
                if (asked.Node == "web-2") await again.Task;
                return FakeFleet.Exited(0, "found\n");
            };
        });
        var watch = new Watch();
        var wait = next.Gate.WaitAsync(request.Id, watch, TestContext.Current.CancellationToken);
        await Testing.Until.TrueAsync(() =>
        {
            next.Time.Advance(TimeSpan.FromSeconds(2));
            return watch.Last is { } p && Text(p).Contains("1 ok · 1 running", StringComparison.Ordinal);
        });
        again.SetResult();
        Assert.Equal(InvocationStatus.Done, (await wait)!.Status);
        stage.LetGo();
    }

    private static string Text(RichMessage message) => string.Join('\n', message.Blocks.OfType<TextBlock>().Select(t => t.Markdown.Replace("\\", "", StringComparison.Ordinal)));

    private static ExecutionResult Ended(ExecutionEnd end) => new(end, end == ExecutionEnd.Exited ? 0 : null, "", 0, 0, null, TimeSpan.Zero, null);

    private static async Task<GateHarness> FleetAsync(int nodes)
    {
        var gate = await GateHarness.StartAsync();
        for (var i = 1; i <= nodes; i++) gate.Fleet.Remote($"web-{i}", ("role", "web"));
        return gate;
    }

    /// <summary>Nodes that work until they are let go or stopped, but for those whose end is set.</summary>
    private sealed class Stage
    {
        private readonly TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int held;

        public Stage(GateHarness gate) => gate.Fleet.Run = RunAsync;

        public Dictionary<string, ExecutionResult> Ends { get; } = [];

        public Dictionary<string, string> Says { get; } = [];

        public bool HeedsStops { get; init; } = true;

        public Task HeldAsync(int nodes) => Testing.Until.TrueAsync(() => Volatile.Read(ref held) >= nodes);

        public void LetGo() => go.TrySetResult();

        private async Task<ExecutionResult> RunAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken stop)
        {
            if (Ends.TryGetValue(request.Node, out var end)) return end;
            if (Says.TryGetValue(request.Node, out var says)) output.Append(says);
            Interlocked.Increment(ref held);
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var on = stop.Register(() => stopped.TrySetResult());
            await Task.WhenAny(go.Task, HeedsStops ? stopped.Task : go.Task);
            return go.Task.IsCompleted ? FakeFleet.Exited(0, "late\n") : new(ExecutionEnd.Cancelled, null, "", 0, 0, null, TimeSpan.Zero, null);
        }
    }

    private sealed class Watch : IToolProgress
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<NodeEnd> ends = new();

        public RichMessage? Last { get; private set; }

        public bool FollowsNodes { get; init; }

        public IReadOnlyCollection<NodeEnd> Ends => ends;

        public void Output(string node, string text)
        {
        }

        public void Report(string label, long done, long? total)
        {
        }

        public void Show(RichMessage picture) => Last = picture;

        public void Ended(NodeEnd end) => ends.Enqueue(end);
    }
}
