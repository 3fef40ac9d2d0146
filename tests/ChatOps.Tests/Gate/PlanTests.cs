using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Fleet;
using ChatOps.Policy;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

/// <summary>Several changes as one plan: one card, one decision, in order, stopped at the first failure, checked at the end.</summary>
public sealed class PlanTests
{
    private static InvocationRequest Plan(GateHarness gate, string? check, params string[] lines)
    {
        var steps = Json.Write(lines.Select(line => new { tool = "run", arguments = new { command_line = line, on = "local" }, undo = "undo " + line }));
        var given = new List<(string, string)> { ("goal", "make it well"), ("steps", steps) };
        if (check is not null) given.Add(("check", Json.Write(new { tool = "run", arguments = new { command_line = check, on = "local" } })));
        return gate.Request("ana", "propose_plan", [.. given]) with { Source = InvocationRequest.Agent };
    }

    private static async Task<InvocationOutcome> ApprovedAsync(GateHarness gate, InvocationOutcome waiting)
    {
        await gate.ApproveAsync("li", waiting.ApprovalId!);
        return await gate.WaitAsync(waiting.InvocationId);
    }

    private static void Fail(GateHarness gate, string word) => gate.Fleet.Run = (request, _, _) =>
        Task.FromResult(FakeFleet.Exited(request.Line.Contains(word, StringComparison.Ordinal) ? 1 : 0, $"ran {request.Line}\n"));

    [Fact]
    public async Task A_plan_is_one_card_and_one_decision_and_each_step_has_its_own_record()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.CallAsync(Plan(gate, "read uptime", "change one", "change two"));
        Assert.Equal(InvocationStatus.Waiting, waiting.Status);
        var approval = await gate.FindApprovalAsync(waiting.ApprovalId!);
        Assert.Equal(4, approval.Request.Items.Count);
        Assert.Equal((Risk.Change, false), (approval.Request.Items[0].Risk, approval.Request.Need.AllowStanding));
        Assert.Contains("undo, as proposed: undo change one", approval.Request.Items[0].Preview, StringComparison.Ordinal);
        Assert.Equal(["local"], approval.Request.Items[0].Targets);
        Assert.Empty(gate.Fleet.Executions);

        var done = await ApprovedAsync(gate, waiting);

        Assert.Equal(InvocationStatus.Done, done.Status);
        Assert.StartsWith("All 2 steps are done. Verified", done.Summary, StringComparison.Ordinal);
        Assert.Equal(3, gate.Fleet.Executions.Count);
        var intents = (await gate.RecordsAsync()).Where(r => r.Entry.Kind == AuditKind.Intent).Select(r => r.Entry).ToList();
        Assert.Equal(3, intents.Count(e => e.Detail.GetValueOrDefault("step of", "").StartsWith(waiting.InvocationId, StringComparison.Ordinal)));
        Assert.Equal(ApprovalState.Succeeded, (await gate.FindApprovalAsync(waiting.ApprovalId!)).State);
        await gate.AssertRecordHoldsAsync();
    }

    [Fact]
    public async Task A_machine_with_rules_of_its_own_is_told_under_which_approval_each_step_runs()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.CallAsync(Plan(gate, "read uptime", "change one", "change two"));

        await ApprovedAsync(gate, waiting);

        Assert.Equal(3, gate.Fleet.Executions.Count);
        Assert.All(gate.Fleet.Executions, e => Assert.Equal(waiting.ApprovalId, e.Approval));
    }

    [Fact]
    public async Task A_plan_stops_at_the_first_failure_and_says_what_was_not_started()
    {
        await using var gate = await GateHarness.StartAsync();
        Fail(gate, "two");
        var done = await ApprovedAsync(gate, await gate.CallAsync(Plan(gate, "read uptime", "change one", "change two", "change three")));
        Assert.Equal(InvocationStatus.Partial, done.Status);
        Assert.Contains("1 of 3 steps done; it stopped at \"2.", done.Summary, StringComparison.Ordinal);
        Assert.Contains("Not started: 3.", done.Summary, StringComparison.Ordinal);
        Assert.Equal(2, gate.Fleet.Executions.Count);
    }

    [Fact]
    public async Task A_plan_whose_targets_drift_is_void_and_says_why()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Fleet.Add("web-1", ("role", "web"));
        var steps = Json.Write(new[] { new { tool = "run", arguments = new { command_line = "change one", on = "role=web" } } });
        var waiting = await gate.CallAsync(gate.Request("ana", "propose_plan", ("goal", "g"), ("steps", steps)));
        gate.Fleet.Add("web-2", ("role", "web"));

        var done = await ApprovedAsync(gate, waiting);

        Assert.Equal((InvocationStatus.Refused, FailureCode.PlanDrifted), (done.Status, done.Failure));
        Assert.Contains("web-2", done.Summary, StringComparison.Ordinal);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task Without_a_check_a_plan_is_unverified_and_with_a_failing_one_it_failed()
    {
        await using var gate = await GateHarness.StartAsync();
        Assert.Contains("Unverified: the plan names no check.", (await ApprovedAsync(gate, await gate.CallAsync(Plan(gate, null, "change one")))).Summary, StringComparison.Ordinal);
        Fail(gate, "read");
        var failed = await ApprovedAsync(gate, await gate.CallAsync(Plan(gate, "read uptime", "change one")));
        Assert.Equal(InvocationStatus.Failed, failed.Status);
        Assert.Contains("Check failed", failed.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_with_a_step_that_would_be_refused_is_refused_whole_and_nobody_is_asked()
    {
        await using var gate = await GateHarness.StartAsync();
        var unknown = Json.Write(new[] { new { tool = "rnu", arguments = new { a = "b" } } });
        var decides = Json.Write(new[] { new { tool = "approvals_approve", arguments = new { id = "7F3K2M" } } });
        var nested = Json.Write(new[] { new { tool = "propose_plan", arguments = new { goal = "g", steps = "[]" } } });
        foreach (var (steps, says) in new[] { (unknown, "step 1 (rnu)"), (decides, "step 1"), (nested, "no other plan"), ("[]", "1 to 20 steps"), ("{", "not valid JSON"), ("[{\"tool\":\"run\"},5]", "Step 2") })
        {
            var refused = await gate.CallAsync(gate.Request("ana", "propose_plan", ("goal", "g"), ("steps", steps)) with { Source = InvocationRequest.Agent });
            Assert.Equal(InvocationStatus.Refused, refused.Status);
            Assert.Contains(says, refused.Summary, StringComparison.Ordinal);
        }

        var changing = await gate.CallAsync(Plan(gate, "change it", "change one"));
        Assert.Contains("must only read", changing.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_a_dead_gateway_had_begun_goes_on_behind_its_last_finished_step()
    {
        var ran = new List<string>();
        var (gate, waiting) = await CutOffAsync(ran, "change two", started: false);
        await using (gate)
        {
            var done = await gate.WaitAsync(waiting.InvocationId);
            Assert.Equal(InvocationStatus.Done, done.Status);
            Assert.StartsWith("All 3 steps are done. Verified", done.Summary, StringComparison.Ordinal);
            Assert.Equal(["change one", "change two", "change three", "read uptime"], ran);
            Assert.Equal(ApprovalState.Succeeded, (await gate.FindApprovalAsync(waiting.ApprovalId!)).State);
            await gate.AssertRecordHoldsAsync();
        }
    }

    [Fact]
    public async Task A_step_that_had_begun_when_the_gateway_died_is_not_repeated_and_the_rest_is_not_started()
    {
        var ran = new List<string>();
        var (gate, waiting) = await CutOffAsync(ran, "change two", started: true);
        await using (gate)
        {
            var end = await gate.WaitAsync(waiting.InvocationId);
            Assert.Equal(InvocationStatus.Unknown, end.Status);
            Assert.Contains("1 of 3 steps done; it stopped at \"2.", end.Summary, StringComparison.Ordinal);
            Assert.Contains("Whether it finished is not known", end.Summary, StringComparison.Ordinal);
            Assert.Contains("Not started: 3.", end.Summary, StringComparison.Ordinal);
            Assert.Equal(["change one", "change two"], ran);
        }
    }

    /// <summary>A plan whose gateway goes away at a step: before its intent is written, or while it runs.</summary>
    private static async Task<(GateHarness Gate, InvocationOutcome Waiting)> CutOffAsync(List<string> ran, string at, bool started)
    {
        var first = await GateHarness.StartAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource<ExecutionResult>();
        if (!started) first.Policy.Real = new Dying(() => ran.Count > 0, at, reached);
        first.Fleet.Run = (request, _, _) =>
        {
            ran.Add(request.Line);
            if (request.Line != at) return Task.FromResult(FakeFleet.Exited(0, "ok\n"));
            reached.SetResult();
            return never.Task;
        };
        var waiting = await first.CallAsync(Plan(first, "read uptime", "change one", "change two", "change three"));
        await first.ApproveAsync("li", waiting.ApprovalId!);
        await reached.Task.WaitAsync(Testing.Until.Limit, TestContext.Current.CancellationToken);
        var gate = await first.RestartAsync(fleet => fleet.Run = (request, _, _) =>
        {
            ran.Add(request.Line);
            return Task.FromResult(FakeFleet.Exited(0, "ok\n"));
        });
        return (gate, waiting);
    }

    /// <summary>Breaks off what asks about a line: as a process does that dies there, it leaves neither intent nor outcome.</summary>
    private sealed class Dying(Func<bool> now, string at, TaskCompletionSource reached) : ICommandRisk
    {
        private readonly FakePolicy policy = new();

        public CommandAssessment Assess(string commandLine)
        {
            if (commandLine != at || !now()) return policy.Assess(commandLine);
            reached.TrySetResult();
            throw new InvalidOperationException("It dies here.");
        }
    }
}
