using ChatOps.Audit;
using ChatOps.Testing;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

/// <summary>What becomes of the outcome of a process that stood still for so long that another took over what it ran.</summary>
public sealed class TakenOverTests
{
    private readonly TaskCompletionSource began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task While_another_follows_it_nothing_is_recorded_here_and_the_answer_is_that_it_runs()
    {
        await using var gate = await HeldAsync();
        var request = gate.RunRequest("ana", "read x");
        var call = gate.CallAsync(request);
        await began.Task.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        Assert.True(await gate.Store.WriteAsync(
            s => s.Invocations.CompareAndSet(request.Id, InvocationStatus.Running, InvocationStatus.Running, "another", null, null, null, null), TestContext.Current.CancellationToken));
        go.SetResult();

        Assert.Equal(InvocationStatus.Running, (await call).Status);
        Assert.Equal(InvocationStatus.Running, (await gate.Gate.FindAsync(request.Id, TestContext.Current.CancellationToken))!.Status);
        Assert.DoesNotContain(await gate.RecordsAsync(), r => r.Entry.Kind == AuditKind.Outcome);
        await gate.AssertRecordHoldsAsync();
    }

    [Fact]
    public async Task When_another_has_ended_it_that_is_the_answer_here_too()
    {
        await using var gate = await HeldAsync();
        var request = gate.RunRequest("ana", "read x");
        var call = gate.CallAsync(request);
        await began.Task.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        var other = new InvocationOutcome(request.Id, InvocationStatus.Unknown, "Another one says so.");
        Assert.True(await gate.Store.WriteAsync(
            s => s.Invocations.CompareAndSet(request.Id, InvocationStatus.Running, InvocationStatus.Unknown, null, null, null, Json.Write(other), gate.Time.GetUtcNow()), TestContext.Current.CancellationToken));
        go.SetResult();

        Assert.Equal(other, await call);
        Assert.DoesNotContain(await gate.RecordsAsync(), r => r.Entry.Kind == AuditKind.Outcome);
        await gate.AssertRecordHoldsAsync();
    }

    private async Task<GateHarness> HeldAsync()
    {
        var gate = await GateHarness.StartAsync();
        gate.Fleet.Run = async (_, _, cancellationToken) =>
        {
            began.SetResult();
            await go.Task.WaitAsync(cancellationToken);
            return FakeFleet.Exited(0, "ok\n");
        };
        return gate;
    }
}
