using ChatOps.Approvals;
using ChatOps.Fleet;
using ChatOps.Messages;
using ChatOps.Rendering;
using ChatOps.Testing;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

/// <summary>The emergency brake: what it holds back and what not, what it stops, who releases it, and that no call slips past it.</summary>
public sealed class HaltTests
{
    [Fact]
    public async Task Halted_nothing_that_changes_something_starts_and_reading_goes_on()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Policy.Asks = false;
        var halted = await gate.CallAsync(gate.Request("ana", "halt", ("reason", "the deploy went wrong")));
        Assert.Equal(InvocationStatus.Done, halted.Status);

        var change = await gate.RunAsync("li", "change x");
        Assert.Equal((InvocationStatus.Refused, FailureCode.Halted), (change.Status, change.Failure));
        Assert.Contains("Everything is halted by ana since", change.Summary, StringComparison.Ordinal);
        Assert.Contains("the deploy went wrong", change.Summary, StringComparison.Ordinal);
        Assert.Equal(FailureCode.Halted, (await gate.CallAsync(gate.Request("ana", "files_write", ("path", "x"), ("content", "y")))).Failure);
        Assert.Equal(InvocationStatus.Done, (await gate.RunAsync("li", "read x")).Status);
        Assert.Equal(["read x"], gate.Fleet.Executions.Select(e => e.Line));
        await gate.AssertRecordHoldsAsync();
    }

    [Fact]
    public async Task A_halt_of_some_nodes_leaves_the_others_alone()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Policy.Asks = false;
        gate.Fleet.Add("web-1", ("env", "prod"));
        gate.Fleet.Add("web-2", ("env", "test"));
        await gate.CallAsync(gate.Request("ana", "halt", ("on", "env=prod")));

        Assert.Equal(FailureCode.Halted, (await gate.RunAsync("li", "change x", "web-1")).Failure);
        // One of two is enough: a fan-out is one call.
        Assert.Equal(FailureCode.Halted, (await gate.RunAsync("li", "change x", "web-*")).Failure);
        Assert.Equal(InvocationStatus.Done, (await gate.RunAsync("li", "change x", "web-2")).Status);
    }

    [Fact]
    public async Task What_runs_and_changes_something_is_stopped_and_what_reads_is_not()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Policy.Asks = false;
        var ends = new TaskCompletionSource();
        gate.Fleet.Run = async (request, _, stop) =>
        {
            await ends.Task.WaitAsync(stop).ContinueWith(_ => { }, TaskScheduler.Default);
            return stop.IsCancellationRequested ? new(ExecutionEnd.Cancelled, null, "", 0, 0, null, TimeSpan.Zero, null) : FakeFleet.Exited(0, "whole");
        };
        var change = gate.RunRequest("li", "change x");
        var read = gate.RunRequest("li", "read x");
        var changing = gate.CallAsync(change);
        var reading = gate.CallAsync(read);
        await Until.TrueAsync(() => gate.Fleet.Executions.Count == 2);

        var halted = await gate.CallAsync(gate.Request("ana", "halt"));
        Assert.Contains("1 thing that ran is being stopped", halted.Summary, StringComparison.Ordinal);
        var stopped = await changing;
        Assert.Equal(FailureCode.Cancelled, stopped.Failure);
        Assert.Contains("ana", stopped.Summary, StringComparison.Ordinal);
        Assert.False(reading.IsCompleted);
        ends.SetResult();
        Assert.Equal(InvocationStatus.Done, (await reading).Status);
    }

    [Fact]
    public async Task A_card_says_that_it_is_halted_cannot_be_approved_until_then_and_is_drawn_again_when_that_is_lifted()
    {
        await using var gate = await GateHarness.StartAsync();
        var asked = await gate.RunAsync("ana", "change x");
        Assert.DoesNotContain("halted", Card(gate), StringComparison.Ordinal);
        var halt = await gate.CallAsync(gate.Request("ana", "halt"));
        Assert.Contains("Everything is halted by ana", Card(gate), StringComparison.Ordinal);

        var approved = await gate.ApproveAsync("li", asked.ApprovalId!);
        Assert.Equal(InvocationStatus.Refused, approved.Status);
        Assert.Contains("It waits until that is lifted", approved.Summary, StringComparison.Ordinal);
        Assert.Equal(ApprovalState.Pending, (await gate.FindApprovalAsync(asked.ApprovalId!)).State);
        Assert.Empty(gate.Fleet.Executions);

        await gate.CallAsync(gate.Request("li", "halt_lift"));
        Assert.DoesNotContain("halted", Card(gate), StringComparison.Ordinal);
        await gate.ApproveAsync("li", asked.ApprovalId!);
        Assert.Equal(InvocationStatus.Done, (await gate.WaitAsync(asked.InvocationId)).Status);
        Assert.Contains("halt", halt.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_approved_before_the_halt_and_had_not_begun_does_not_begin()
    {
        await using var gate = await GateHarness.StartAsync();
        var asked = await gate.RunAsync("ana", "change x");
        // The wake-up after the decision is on its way when somebody halts.
        gate.Bus.Loses = true;
        await gate.ApproveAsync("li", asked.ApprovalId!);
        await gate.CallAsync(gate.Request("ana", "halt"));
        gate.Bus.Loses = false;
        await gate.SweepAsync();
        var outcome = await gate.WaitAsync(asked.InvocationId);
        Assert.Equal(FailureCode.Halted, outcome.Failure);
        Assert.Empty(gate.Fleet.Executions);
        Assert.Equal(ApprovalState.Cancelled, (await gate.FindApprovalAsync(asked.ApprovalId!)).State);
    }

    [Fact]
    public async Task Whoever_halted_does_not_lift_it_while_somebody_else_may()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Policy.Asks = false;
        await gate.CallAsync(gate.Request("ana", "halt"));
        var own = await gate.CallAsync(gate.Request("ana", "halt_lift"));
        Assert.Equal(InvocationStatus.Refused, own.Status);
        Assert.Contains("another person has to lift it, such as li", own.Summary, StringComparison.Ordinal);
        Assert.Equal(InvocationStatus.Refused, (await gate.CallAsync(gate.Request("guest", "halt_lift"))).Status);
        Assert.Equal(FailureCode.Halted, (await gate.RunAsync("li", "change x")).Failure);

        gate.Access.SetRoles("li");
        var alone = await gate.CallAsync(gate.Request("ana", "halt_lift"));
        Assert.Equal(InvocationStatus.Done, alone.Status);
        Assert.Contains("Nobody else here may lift it", alone.Summary, StringComparison.Ordinal);
        Assert.Equal("Nothing is halted.", (await gate.CallAsync(gate.Request("guest", "halt_status"))).Summary);
    }

    [Fact]
    public async Task Who_may_not_halt_does_not()
    {
        await using var gate = await GateHarness.StartAsync();
        Assert.Equal(FailureCode.NotAllowed, (await gate.CallAsync(gate.Request("guest", "halt"))).Failure);
        Assert.Equal("Nothing is halted.", (await gate.CallAsync(gate.Request("ana", "halt_status"))).Summary);
    }

    [Fact]
    public async Task Two_halts_are_lifted_one_by_one_and_said_by_their_ids()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Policy.Asks = false;
        await gate.CallAsync(gate.Request("ana", "halt"));
        await gate.CallAsync(gate.Request("ana", "halt", ("on", "local")));
        var which = await gate.CallAsync(gate.Request("li", "halt_lift"));
        Assert.Contains("2 halts are in force", which.Summary, StringComparison.Ordinal);
        foreach (var halt in await gate.Store.ReadAsync(s => s.Halts.Open(), TestContext.Current.CancellationToken))
        {
            Assert.Equal(FailureCode.Halted, (await gate.RunAsync("li", "change x")).Failure);
            Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(gate.Request("li", "halt_lift", ("id", halt.Id.ToLowerInvariant())))).Status);
        }

        Assert.Equal(InvocationStatus.Done, (await gate.RunAsync("li", "change x")).Status);
    }

    [Fact]
    public async Task The_id_of_an_earlier_halt_is_not_taken_for_one_in_force()
    {
        await using var gate = await GateHarness.StartAsync();
        var halt = new ChatOps.Storage.Halt("7KQ2M4", "all", "ana", null, gate.Time.GetUtcNow());
        var (first, lifted, again, open) = await gate.Store.WriteAsync(
            s => (s.Halts.Add(halt), s.Halts.Lift(halt.Id, "li", halt.At), s.Halts.Add(halt), s.Halts.Open().Count), TestContext.Current.CancellationToken);
        Assert.Equal((true, true, false, 0), (first, lifted, again, open));
    }

    [Fact]
    public async Task A_halt_survives_a_restart()
    {
        var first = await GateHarness.StartAsync();
        await first.CallAsync(first.Request("ana", "halt"));
        await using var gate = await first.RestartAsync();
        gate.Policy.Asks = false;
        Assert.Equal(FailureCode.Halted, (await gate.RunAsync("li", "change x")).Failure);
    }

    [Fact]
    public async Task Of_calls_that_race_a_halt_each_began_before_it_or_never()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Policy.Asks = false;
        var calls = Enumerable.Range(0, 60).Select(_ => gate.RunRequest("li", "change x")).ToList();
        var racing = calls.Select(c => Task.Run(() => gate.CallAsync(c))).ToList();
        await Until.TrueAsync(() => !gate.Fleet.Executions.IsEmpty);
        var halt = await gate.CallAsync(gate.Request("ana", "halt"));
        var ends = await Task.WhenAll(racing);

        var records = await gate.RecordsAsync();
        var halted = records.Single(r => r.Entry.InvocationId == halt.InvocationId && r.Entry.Kind == ChatOps.Audit.AuditKind.Outcome).Sequence;
        var begun = records.Where(r => r.Entry.Tool == "run" && r.Entry.Kind == ChatOps.Audit.AuditKind.Intent).ToList();
        Assert.All(begun, r => Assert.True(r.Sequence < halted, "One began after the halt was said to be in force."));
        Assert.Equal(begun.Count, gate.Fleet.Executions.Count);
        Assert.All(ends.Where(e => begun.All(r => r.Entry.InvocationId != e.InvocationId)), e => Assert.Equal(FailureCode.Halted, e.Failure));
        await gate.AssertRecordHoldsAsync();
    }

    private static string Card(GateHarness gate) => PlainMessage.Of(gate.Replies.Messages.Values.Single(m => m.Blocks.Any(b => b is CardBlock)));
}
