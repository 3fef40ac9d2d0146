using ChatOps.Audit;
using ChatOps.Fleet;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

public sealed class GateTests
{
    [Fact]
    public async Task A_read_runs_at_once_without_a_shell_and_leaves_intent_and_outcome()
    {
        await using var gate = await GateHarness.StartAsync();
        var outcome = await gate.RunAsync("ana", "read uptime");

        Assert.Equal(InvocationStatus.Done, outcome.Status);
        Assert.NotNull(Assert.Single(gate.Fleet.Executions).Program);
        var records = await gate.RecordsAsync();
        Assert.Equal([AuditKind.Outcome, AuditKind.Intent], records.Select(r => r.Entry.Kind));
        Assert.All(records, r => Assert.Equal(("ana", "run", "local"), (r.Entry.Principal, r.Entry.Tool, Assert.Single(r.Entry.Nodes))));
        await gate.AssertRecordHoldsAsync();
    }

    [Fact]
    public async Task A_stranger_and_a_person_without_the_right_are_refused_by_name_of_the_rule_and_recorded()
    {
        await using var gate = await GateHarness.StartAsync();
        var stranger = await gate.RunAsync("mallory", "read uptime");
        var guest = await gate.RunAsync("guest", "read uptime");

        Assert.Equal((InvocationStatus.Refused, FailureCode.NotAllowed), (stranger.Status, stranger.Failure));
        Assert.Equal((InvocationStatus.Refused, FailureCode.NotAllowed), (guest.Status, guest.Failure));
        Assert.NotNull(guest.Rule);
        Assert.Empty(gate.Fleet.Executions);
        Assert.Equal(2, (await gate.RecordsAsync()).Count(r => r.Entry.Kind == AuditKind.Refusal));
    }

    [Fact]
    public async Task What_is_forbidden_is_refused_for_everybody_and_cannot_be_approved()
    {
        await using var gate = await GateHarness.StartAsync();
        var outcome = await gate.RunAsync("ana", "forbidden wipe");
        Assert.Equal((InvocationStatus.Refused, FailureCode.Forbidden, (string?)null), (outcome.Status, outcome.Failure, outcome.ApprovalId));
        Assert.Empty(gate.Fleet.Executions);
    }

    [Theory]
    [InlineData("no_such_tool", "there is no tool")]
    [InlineData("run", "command_line")]
    public async Task Unknown_tools_and_bad_arguments_are_refused_with_what_is_wrong(string tool, string says)
    {
        await using var gate = await GateHarness.StartAsync();
        var outcome = await gate.CallAsync(gate.Request("ana", tool));
        Assert.Equal(InvocationStatus.Refused, outcome.Status);
        Assert.Contains(says, outcome.Summary, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_selector_that_matches_nothing_says_what_exists()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Fleet.Add("web-1", ("env", "prod"));
        var outcome = await gate.RunAsync("ana", "read x", "env=stage");
        Assert.Equal(FailureCode.NoTargets, outcome.Failure);
        Assert.Contains("No node has env=stage", outcome.Summary, StringComparison.Ordinal);
        Assert.Contains("prod", outcome.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_in_arguments_are_refused_and_secrets_in_output_are_gone_before_anything_is_stored()
    {
        await using var gate = await GateHarness.StartAsync();
        var refused = await gate.RunAsync("ana", $"read --password {FakeRedactor.Secret}");
        Assert.Equal(FailureCode.BadArguments, refused.Failure);

        gate.Fleet.Run = (_, _, _) => Task.FromResult(FakeFleet.Exited(0, $"token {FakeRedactor.Secret}\n"));
        var outcome = await gate.RunAsync("ana", "read env");
        Assert.DoesNotContain(FakeRedactor.Secret, Json.Write(outcome), StringComparison.Ordinal);
        Assert.DoesNotContain(FakeRedactor.Secret, Json.Write(await gate.Gate.FindAsync(outcome.InvocationId, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.DoesNotContain(await gate.RecordsAsync(), r => r.CanonicalJson.Contains(FakeRedactor.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_invocation_runs_once_however_often_and_however_parallel_it_is_asked_for()
    {
        await using var gate = await GateHarness.StartAsync();
        var request = gate.RunRequest("ana", "read x");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => gate.CallAsync(request))));

        Assert.Single(gate.Fleet.Executions);
        Assert.All(outcomes, o => Assert.True(o.Status is InvocationStatus.Done or InvocationStatus.Running));
    }

    [Fact]
    public async Task The_same_idempotency_key_answers_with_the_first_invocation()
    {
        await using var gate = await GateHarness.StartAsync();
        var first = await gate.CallAsync(gate.RunRequest("ana", "read x") with { IdempotencyKey = "k" });
        var second = await gate.CallAsync(gate.RunRequest("ana", "read x") with { IdempotencyKey = "k" });
        var other = await gate.CallAsync(gate.RunRequest("li", "read x") with { IdempotencyKey = "k" });

        Assert.Equal(first.InvocationId, second.InvocationId);
        Assert.NotEqual(first.InvocationId, other.InvocationId);
        Assert.Equal(2, gate.Fleet.Executions.Count);
    }

    [Fact]
    public async Task Nobody_reads_the_outcome_of_somebody_elses_invocation_by_its_id()
    {
        await using var gate = await GateHarness.StartAsync();
        var request = gate.RunRequest("ana", "read private");
        await gate.CallAsync(request);
        var stolen = await gate.CallAsync(request with { Actor = GateHarness.Actor("li") });
        Assert.Null(stolen.Result);
        Assert.Equal(InvocationStatus.Refused, stolen.Status);
    }

    [Fact]
    public async Task A_tool_that_throws_ends_as_unknown_and_is_recorded()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Fleet.Run = (_, _, _) => throw new InvalidOperationException("boom");
        var outcome = await gate.RunAsync("ana", "read x");
        Assert.Equal(InvocationStatus.Unknown, outcome.Status);
        Assert.DoesNotContain("boom", outcome.Summary, StringComparison.Ordinal);
        Assert.Equal("unknown", (await gate.RecordsAsync())[0].Entry.Outcome);
    }

    [Fact]
    public async Task When_the_intent_cannot_be_recorded_nothing_runs_and_it_is_said()
    {
        await using var gate = await GateHarness.StartAsync();
        await gate.RunAsync("ana", "read warm-up");
        System.IO.Directory.Delete(gate.Directory, recursive: true);

        var outcome = await gate.RunAsync("ana", "read x");
        Assert.Equal((InvocationStatus.Refused, FailureCode.StoreUnavailable), (outcome.Status, outcome.Failure));
        Assert.Single(gate.Fleet.Executions);
    }

    [Fact]
    public async Task Stopping_a_conversation_cancels_what_runs_there_and_withdraws_what_waits()
    {
        await using var gate = await GateHarness.StartAsync();
        var started = new TaskCompletionSource();
        gate.Fleet.Run = async (_, _, token) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            throw new InvalidOperationException("not reached");
        };
        var waiting = await gate.RunAsync("ana", "change something");
        var running = Task.Run(() => gate.RunAsync("ana", "read for ever"));
        await started.Task.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);

        var stopped = await gate.Gate.StopAsync("web/ana", "ana", TestContext.Current.CancellationToken);
        Assert.Equal(2, stopped.Count);
        Assert.Equal(FailureCode.Cancelled, (await running).Failure);
        Assert.Equal((InvocationStatus.Refused, FailureCode.Cancelled), ((await gate.WaitAsync(waiting.InvocationId)).Status, (await gate.WaitAsync(waiting.InvocationId)).Failure));
    }

    [Fact]
    public async Task Every_node_of_a_fan_out_is_accounted_for_and_equal_outputs_stand_once()
    {
        await using var gate = await GateHarness.StartAsync();
        for (var i = 1; i <= 5; i++) gate.Fleet.Add($"web-{i}", ("role", "web"));
        gate.Fleet.Run = (r, _, _) => Task.FromResult(r.Node == "web-3"
            ? new ExecutionResult(ExecutionEnd.Unreachable, null, "", 0, 0, null, TimeSpan.Zero, "It cannot be reached.")
            : FakeFleet.Exited(r.Node == "web-5" ? 2 : 0, "same\n"));

        var outcome = await gate.RunAsync("ana", "read x", "role=web");
        Assert.Equal(InvocationStatus.Partial, outcome.Status);
        Assert.Equal(5, gate.Fleet.Executions.Select(e => e.Id).Distinct().Count());
        Assert.Contains("3 of 5 nodes ok", outcome.Summary, StringComparison.Ordinal);
        Assert.Contains(outcome.Result!.Message.Blocks.OfType<Messages.CodeBlock>(), b => b.Title!.StartsWith("3 nodes: web-1, web-2, web-4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_restart_a_started_change_is_unknown_and_a_started_read_may_be_asked_again_and_neither_runs_again()
    {
        await using var first = await GateHarness.StartAsync();
        first.Fleet.Run = (_, _, _) => new TaskCompletionSource<ExecutionResult>().Task;
        var read = first.RunRequest("ana", "read x");
        _ = Task.Run(() => first.CallAsync(read));
        var change = await first.RunAsync("ana", "change y");
        await first.ApproveAsync("li", change.ApprovalId!);
        await Testing.Until.TrueAsync(() => first.Fleet.Executions.Count == 2);

        await using var second = await first.RestartAsync();
        var unknown = await second.WaitAsync(change.InvocationId);
        var interrupted = await second.WaitAsync(read.Id);
        Assert.Equal((InvocationStatus.Unknown, FailureCode.Interrupted), (unknown.Status, unknown.Failure));
        Assert.Equal((InvocationStatus.Failed, FailureCode.Interrupted), (interrupted.Status, interrupted.Failure));
        Assert.Equal(ChatOps.Approvals.ApprovalState.Unknown, (await second.FindApprovalAsync(change.ApprovalId!)).State);
        Assert.Equal(InvocationStatus.Failed, (await second.CallAsync(read)).Status);
        Assert.Empty(second.Fleet.Executions);
        Assert.Equal(Risk.Read, (await second.RecordsAsync()).Last(r => r.Entry.InvocationId == read.Id).Entry.Risk);
    }
}
