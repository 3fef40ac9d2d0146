using System.Text.Json;
using ChatOps.Fleet;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

/// <summary>A run over many nodes through the gate: what is controlled, approved, shown and counted.</summary>
public sealed class FanOutRunTests
{
    [Fact]
    public async Task The_counts_add_up_and_programs_get_one_object_a_node()
    {
        await using var gate = await FleetAsync(7);
        var ends = new[] { ExecutionEnd.Exited, ExecutionEnd.Cancelled, ExecutionEnd.TimedOut, ExecutionEnd.Unreachable, ExecutionEnd.Refused, ExecutionEnd.NotStarted, ExecutionEnd.Unknown };
        gate.Fleet.Run = (r, _, _) => Task.FromResult(Ended(ends[int.Parse(r.Node[4..], System.Globalization.CultureInfo.InvariantCulture) - 1]));
        var outcome = await gate.RunAsync("ana", "read x", "role=web");
        Assert.Equal(InvocationStatus.Unknown, outcome.Status);
        var data = Data(outcome);
        Assert.Equal(["ok", "failed", "timed-out", "unreachable", "refused", "not-started", "unknown"], data.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("outcome").GetString()!));
        Assert.Equal(7, data.GetProperty("counts").EnumerateObject().Sum(c => c.Value.GetInt32()));
        Assert.All(data.GetProperty("counts").EnumerateObject(), c => Assert.Equal(1, c.Value.GetInt32()));
        Assert.Equal(7, outcome.Result!.Message.Blocks.OfType<TableBlock>().Single().Rows.Count);
    }

    [Fact]
    public async Task Not_more_than_the_limit_may_fail_and_the_rest_is_not_started()
    {
        await using var gate = await FleetAsync(9);
        gate.Fleet.Run = (_, _, _) => Task.FromResult(FakeFleet.Exited(1, "no\n"));
        var outcome = await gate.CallAsync(gate.Request("ana", "run", ("command_line", "read x"), ("on", "role=web"), ("serial", "true"), ("max_failures", "2")));
        Assert.Equal(InvocationStatus.Failed, outcome.Status);
        Assert.Equal(3, gate.Fleet.Executions.Count);
        Assert.Equal((3, 6), (Count(outcome, "failed"), Count(outcome, "not-started")));
    }

    [Fact]
    public async Task A_stop_begins_nothing_more_cancels_what_runs_and_reports_every_node()
    {
        await using var gate = await FleetAsync(6);
        var running = new CountdownEvent(2);
        gate.Fleet.Run = async (_, _, stop) =>
        {
            running.Signal();
            var stopped = new TaskCompletionSource();
            await using var on = stop.Register(stopped.SetResult);
            await stopped.Task;
            return Ended(ExecutionEnd.Cancelled);
        };
        var run = Task.Run(() => gate.CallAsync(gate.Request("ana", "run", ("command_line", "read x"), ("on", "role=web"), ("parallel", "2"))));
        await Testing.Until.TrueAsync(() => running.IsSet);
        await gate.Gate.StopAsync("web/ana", "ana", TestContext.Current.CancellationToken);
        var outcome = await run;
        Assert.Equal(FailureCode.Cancelled, outcome.Failure);
        Assert.Equal(2, gate.Fleet.Executions.Count);
        Assert.Equal((2, 4), (Count(outcome, "failed"), Count(outcome, "not-started")));
    }

    [Fact]
    public async Task What_breaks_on_one_node_is_unknown_there_and_hides_nothing_of_the_others()
    {
        await using var gate = await FleetAsync(3);
        gate.Fleet.Run = (r, _, _) => r.Node == "web-2" ? throw new InvalidOperationException("boom") : Task.FromResult(FakeFleet.Exited(0, "fine\n"));
        var outcome = await gate.RunAsync("ana", "read x", "role=web");
        Assert.Equal(InvocationStatus.Unknown, outcome.Status);
        Assert.Equal((2, 1), (Count(outcome, "ok"), Count(outcome, "unknown")));
        Assert.DoesNotContain("boom", Json.Write(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_runs_nothing_says_who_would_be_asked_and_is_recorded_as_a_read()
    {
        await using var gate = await FleetAsync(3);
        var outcome = await gate.CallAsync(gate.Request("ana", "run", ("command_line", "dangerous x"), ("on", "role=web"), ("dry_run", "true")));
        Assert.Equal(InvocationStatus.Done, outcome.Status);
        Assert.Empty(gate.Fleet.Executions);
        var data = Data(outcome);
        Assert.Equal(("dangerous", 3, true), (data.GetProperty("risk").GetString(), data.GetProperty("nodes").GetArrayLength(), data.GetProperty("approval").GetProperty("asks").GetBoolean()));
        Assert.Contains("Dangerous asks", data.GetProperty("approval").GetProperty("rule").GetString(), StringComparison.Ordinal);
        Assert.All(await gate.RecordsAsync(), r => Assert.Equal(Risk.Read, r.Entry.Risk));
        Assert.Equal(2, (await gate.RecordsAsync()).Count);
    }

    [Fact]
    public async Task A_dry_run_needs_the_same_right_and_opens_no_way_for_the_real_one()
    {
        await using var gate = await FleetAsync(2);
        var guest = await gate.CallAsync(gate.Request("guest", "run", ("command_line", "read x"), ("on", "role=web"), ("dry_run", "true")));
        Assert.Equal((InvocationStatus.Refused, FailureCode.NotAllowed), (guest.Status, guest.Failure));
        await gate.CallAsync(gate.Request("ana", "run", ("command_line", "change x"), ("on", "role=web"), ("dry_run", "true")));
        Assert.Equal(InvocationStatus.Waiting, (await gate.RunAsync("ana", "change x", "role=web")).Status);
        Assert.Equal(InvocationStatus.Waiting, (await gate.CallAsync(gate.Request("ana", "run", ("command_line", "change x"), ("on", "role=web"), ("dry_run", "false")))).Status);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task An_approval_binds_to_how_the_nodes_are_taken()
    {
        await using var gate = await FleetAsync(4);
        var plain = await gate.RunAsync("ana", "change x", "role=web");
        var hashes = new HashSet<string> { (await gate.FindApprovalAsync(plain.ApprovalId!)).Request.PlanHash };
        foreach (var (name, value) in new[] { ("parallel", "2"), ("serial", "true"), ("delay", "1s"), ("batch", "50%"), ("max_failures", "1"), ("timeout", "5s") })
        {
            var waiting = await gate.CallAsync(gate.Request("ana", "run", ("command_line", "change x"), ("on", "role=web"), (name, value)));
            Assert.True(hashes.Add((await gate.FindApprovalAsync(waiting.ApprovalId!)).Request.PlanHash), name);
        }

        var approved = await gate.CallAsync(gate.Request("ana", "run", ("command_line", "change x"), ("on", "role=web"), ("batch", "50%"), ("max_failures", "0"), ("parallel", "1")));
        gate.Fleet.Run = (_, _, _) => Task.FromResult(FakeFleet.Exited(1, ""));
        await gate.ApproveAsync("li", approved.ApprovalId!);
        Assert.Equal(3, Count(await gate.WaitAsync(approved.InvocationId), "not-started"));
    }

    [Theory]
    [InlineData("parallel", "0", "parallel")]
    [InlineData("batch", "0", "batch")]
    [InlineData("batch", "half", "batch")]
    [InlineData("max_failures", "-1", "max_failures")]
    public async Task Control_that_makes_no_sense_is_refused_before_anybody_is_asked(string name, string value, string says)
    {
        await using var gate = await FleetAsync(2);
        var outcome = await gate.CallAsync(gate.Request("ana", "run", ("command_line", "change x"), ("on", "role=web"), (name, value)));
        Assert.Equal((InvocationStatus.Refused, FailureCode.BadArguments), (outcome.Status, outcome.Failure));
        Assert.Contains(says, outcome.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_fit_a_message_is_in_one_file_that_bears_the_invocations_id()
    {
        await using var gate = await FleetAsync(60);
        gate.Fleet.Run = (r, _, _) => Task.FromResult(FakeFleet.Exited(0, $"{r.Node} {Testing.FakeRedactor.Secret}\n"));
        var outcome = await gate.RunAsync("ana", "read x", "role=web");
        var file = Assert.Single(outcome.Result!.Message.Blocks.OfType<FileBlock>());
        Assert.Equal(outcome.InvocationId, file.FileId);
        var text = await File.ReadAllTextAsync(Path.Combine(gate.Directory, "outputs", outcome.InvocationId + ".txt"), TestContext.Current.CancellationToken);
        Assert.Equal(60, text.Split('\n').Count(l => l.StartsWith("== web-", StringComparison.Ordinal)));
        Assert.DoesNotContain(Testing.FakeRedactor.Secret, text, StringComparison.Ordinal);
        Assert.True(outcome.Result.Message.Blocks.Count < 20);
    }

    private static async Task<GateHarness> FleetAsync(int nodes)
    {
        var gate = await GateHarness.StartAsync();
        for (var i = 1; i <= nodes; i++) gate.Fleet.Add($"web-{i}", ("role", "web"));
        return gate;
    }

    private static ExecutionResult Ended(ExecutionEnd end) => new(end, end == ExecutionEnd.Exited ? 0 : null, "", 0, 0, null, TimeSpan.Zero, end == ExecutionEnd.Exited ? null : $"It is {end}.");

    private static JsonElement Data(InvocationOutcome outcome) => JsonDocument.Parse(outcome.Result!.DataJson).RootElement;

    private static int Count(InvocationOutcome outcome, string word) => Data(outcome).GetProperty("counts").GetProperty(word).GetInt32();
}
