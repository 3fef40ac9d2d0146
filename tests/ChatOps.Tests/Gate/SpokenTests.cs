using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

/// <summary>What was heard in a voice note passes the same gate, with one rule more.</summary>
public sealed class SpokenTests
{
    private static InvocationRequest Spoken(InvocationRequest request) => request with { Source = InvocationRequest.Voice };

    [Fact]
    public async Task What_only_reads_runs_at_once_and_the_record_says_that_it_was_spoken()
    {
        await using var gate = await GateHarness.StartAsync();
        var outcome = await gate.CallAsync(Spoken(gate.RunRequest("ana", "read uptime")));
        Assert.Equal(InvocationStatus.Done, outcome.Status);
        Assert.Contains(await gate.RecordsAsync(), r => r.Entry.Kind == AuditKind.Intent && r.Entry.Detail["source"] == "voice");
    }

    [Fact]
    public async Task A_standing_grant_lets_the_written_command_run_but_the_spoken_one_still_asks()
    {
        await using var gate = await GateHarness.StartAsync();
        var first = await gate.RunAsync("ana", "change the world");
        await gate.CallAsync(gate.Request("li", "approvals_approve", ("id", first.ApprovalId!), ("grant_for", "1h")));
        await gate.WaitAsync(first.InvocationId);
        Assert.Equal(InvocationStatus.Done, (await gate.RunAsync("ana", "change the world")).Status);

        var spoken = await gate.CallAsync(Spoken(gate.RunRequest("ana", "change the world")));
        Assert.Equal(InvocationStatus.Waiting, spoken.Status);
        Assert.Equal(2, gate.Fleet.Executions.Count);
        Assert.False((await gate.FindApprovalAsync(spoken.ApprovalId!)).Request.Need.AllowStanding);

        await gate.ApproveAsync("li", spoken.ApprovalId!);
        Assert.Equal(InvocationStatus.Done, (await gate.WaitAsync(spoken.InvocationId)).Status);
        Assert.Equal(3, gate.Fleet.Executions.Count);
    }

    [Fact]
    public async Task Rules_that_would_not_ask_ask_for_what_is_spoken()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Policy.Asks = false;
        Assert.Equal(InvocationStatus.Done, (await gate.RunAsync("ana", "change the world")).Status);

        var spoken = await gate.CallAsync(Spoken(gate.RunRequest("ana", "change the world")));
        Assert.Equal(InvocationStatus.Waiting, spoken.Status);
        var need = (await gate.FindApprovalAsync(spoken.ApprovalId!)).Request.Need;
        Assert.Equal((true, 1, false), (need.Asks, need.Votes, need.AllowStanding));
    }

    [Theory]
    [InlineData("voice")]
    [InlineData("VOICE")]
    public async Task Nobody_decides_by_voice_however_the_source_is_written(string source)
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");
        foreach (var tool in (string[])["approvals_approve", "approvals_deny"])
        {
            var refused = await gate.CallAsync(gate.Request("li", tool, ("id", waiting.ApprovalId!)) with { Source = source });
            Assert.Equal((InvocationStatus.Refused, FailureCode.NotAllowed), (refused.Status, refused.Failure));
            Assert.Contains("decides nothing", refused.Summary, StringComparison.Ordinal);
        }

        Assert.Equal(ApprovalState.Pending, (await gate.FindApprovalAsync(waiting.ApprovalId!)).State);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task Four_eyes_hold_for_what_the_speaker_asked_for()
    {
        await using var gate = await GateHarness.StartAsync(FourEyes.Always);
        var spoken = await gate.CallAsync(Spoken(gate.RunRequest("ana", "change something")));
        var own = await gate.ApproveAsync("ana", spoken.ApprovalId!);
        Assert.NotEqual(InvocationStatus.Done, own.Status);
        Assert.Equal(ApprovalState.Pending, (await gate.FindApprovalAsync(spoken.ApprovalId!)).State);
        await gate.ApproveAsync("li", spoken.ApprovalId!);
        Assert.Equal(InvocationStatus.Done, (await gate.WaitAsync(spoken.InvocationId)).Status);
    }

    [Fact]
    public async Task What_is_forbidden_stays_forbidden()
    {
        await using var gate = await GateHarness.StartAsync();
        Assert.Equal(FailureCode.Forbidden, (await gate.CallAsync(Spoken(gate.RunRequest("ana", "forbidden wipe")))).Failure);
    }
}
