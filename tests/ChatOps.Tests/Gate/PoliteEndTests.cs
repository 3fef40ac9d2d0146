using System.Collections.Concurrent;
using ChatOps.Approvals;
using ChatOps.Fleet;
using ChatOps.Testing;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

/// <summary>What becomes of what runs when the gateway is asked to stop.</summary>
public sealed class PoliteEndTests
{
    [Fact]
    public async Task What_runs_on_nodes_is_left_to_the_next_one_which_tells_its_end()
    {
        await using var first = await GateHarness.StartAsync();
        var began = Hold(first.Fleet);
        var request = first.RunRequest("ana", "read x", "web-1");
        var call = first.CallAsync(request);
        await began.Task.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        await first.AskToStopAsync();
        Assert.Equal(InvocationStatus.Running, (await call).Status);
        Assert.Equal(InvocationStatus.Running, (await first.Gate.FindAsync(request.Id, TestContext.Current.CancellationToken))!.Status);

        await using var next = await first.RestartAsync(Remote);
        Assert.Equal(InvocationStatus.Done, (await next.WaitAsync(request.Id)).Status);
        Assert.True(Assert.Single(next.Fleet.Executions).OnlyAttach);
        await next.AssertRecordHoldsAsync();
    }

    [Fact]
    public async Task A_plan_is_left_in_its_step_and_goes_on_behind_it()
    {
        await using var first = await GateHarness.StartAsync();
        var began = Hold(first.Fleet);
        var waiting = await first.CallAsync(Plan(first, "change one", "change two"));
        await first.ApproveAsync("li", waiting.ApprovalId!);
        await began.Task.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        await first.AskToStopAsync();

        var ran = new ConcurrentQueue<(string Line, bool OnlyAttach)>();
        await using var next = await first.RestartAsync(fleet =>
        {
            Remote(fleet);
            fleet.Run = (asked, _, _) =>
            {
                ran.Enqueue((asked.Line, asked.OnlyAttach));
                return Task.FromResult(FakeFleet.Exited(0, "ok\n"));
            };
        });
        Assert.Equal(InvocationStatus.Done, (await next.WaitAsync(waiting.InvocationId)).Status);
        Assert.Equal([("change one", true), ("change two", false)], ran);
        Assert.Equal(ApprovalState.Succeeded, (await next.FindApprovalAsync(waiting.ApprovalId!)).State);
        await next.AssertRecordHoldsAsync();
    }

    [Fact]
    public async Task What_runs_on_the_gateways_own_machine_is_stopped_and_recorded()
    {
        await using var gate = await GateHarness.StartAsync();
        var began = Hold(gate.Fleet);
        var call = gate.RunAsync("ana", "read x");
        await began.Task.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        await gate.AskToStopAsync();
        Assert.Equal((InvocationStatus.Failed, FailureCode.Cancelled), await call is var outcome ? (outcome.Status, outcome.Failure) : default);
    }

    private static InvocationRequest Plan(GateHarness gate, params string[] lines) =>
        gate.Request("ana", "propose_plan", ("goal", "make it well"), ("steps", Json.Write(lines.Select(line => new { tool = "run", arguments = new { command_line = line, on = "web-1" } })))) with { Source = InvocationRequest.Agent };

    private static void Remote(FakeFleet fleet) => fleet.Remote("web-1");

    // It goes on until it is stopped.
    private static TaskCompletionSource Hold(FakeFleet fleet)
    {
        Remote(fleet);
        var began = new TaskCompletionSource();
        fleet.Run = async (_, _, stop) =>
        {
            began.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new ExecutionResult(ExecutionEnd.Cancelled, null, "", 0, 0, null, TimeSpan.Zero, null);
        };
        return began;
    }
}
