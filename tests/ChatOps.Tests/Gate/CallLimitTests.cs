using ChatOps.Audit;
using ChatOps.Limits;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

/// <summary>How much programs may call, at the gate itself.</summary>
public sealed class CallLimitTests
{
    private static readonly string[] Ways = ["api", "cli", "console", "mcp"];

    [Fact]
    public async Task Over_the_limit_nothing_runs_it_is_said_until_when_and_the_record_has_the_first_of_a_pause()
    {
        await using var gate = await GateHarness.StartAsync(callsPerMinute: 2);
        var outcomes = new List<InvocationOutcome>();
        foreach (var way in Ways) outcomes.Add(await gate.CallAsync(gate.RunRequest("ana", "read uptime") with { Source = way }));

        Assert.Equal([FailureCode.None, FailureCode.None, FailureCode.TooManyCalls, FailureCode.TooManyCalls], outcomes.Select(o => o.Failure));
        Assert.Equal(2, gate.Fleet.Executions.Count);
        var first = outcomes[2];
        Assert.Equal((InvocationStatus.Refused, "Gateway:CallsPerMinute", (TimeSpan?)Allowance.Pause), (first.Status, first.Rule, first.RetryAfter));
        Assert.Equal(
            "More than 2 calls came from you within a minute (Gateway:CallsPerMinute), so this one was not taken, and nothing of it ran. Nor are others before 30 s from now; call again then what is still needed. "
            + "Stopping, halting, deciding and looking after what runs work all the time.",
            first.Summary);
        var record = Assert.Single(await gate.RecordsAsync(), r => r.Entry.Kind == AuditKind.Refusal);
        Assert.Equal(("ana", first.InvocationId, "Gateway:CallsPerMinute", "console"), (record.Entry.Principal, record.Entry.InvocationId, record.Entry.Rule, record.Entry.Detail["source"]));
        Assert.Equal((record.Id, null), (first.AuditId, outcomes[3].AuditId));

        gate.Time.Advance(Allowance.Pause);
        Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(gate.RunRequest("ana", "read uptime") with { Source = "api" })).Status);
        await gate.AssertRecordHoldsAsync();
    }

    [Fact]
    public async Task Stopping_halting_deciding_and_looking_after_what_runs_are_never_limited_and_others_are_not_held_up()
    {
        await using var gate = await GateHarness.StartAsync(callsPerMinute: 1);
        var waiting = await gate.CallAsync(gate.RunRequest("li", "change something") with { Source = "api" });
        for (var i = 0; i < 2; i++) await gate.CallAsync(gate.Request("ana", "nodes") with { Source = "api" });

        foreach (var way in Ways)
        {
            foreach (var tool in (string[])["halt", "halt_status", "halt_lift", "job_stop", "job_show", "job_tail"])
                Assert.NotEqual(FailureCode.TooManyCalls, (await gate.CallAsync(gate.Request("ana", tool, ("id", "01K")) with { Source = way })).Failure);
        }

        Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(gate.Request("ana", "approvals_approve", ("id", waiting.ApprovalId!)) with { Source = "api" })).Status);
        Assert.Equal(InvocationStatus.Done, (await gate.WaitAsync(waiting.InvocationId)).Status);
        Assert.Equal(FailureCode.TooManyCalls, (await gate.CallAsync(gate.Request("ana", "nodes") with { Source = "api" })).Failure);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("button")]
    [InlineData("voice")]
    [InlineData("agent")]
    [InlineData("schedule")]
    public async Task What_was_counted_as_a_message_or_comes_by_itself_is_not_counted_again(string source)
    {
        await using var gate = await GateHarness.StartAsync(callsPerMinute: 1);
        for (var i = 0; i < 3; i++) Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(gate.RunRequest("ana", "read uptime") with { Source = source })).Status);
        Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(gate.RunRequest("ana", "read uptime") with { Source = "api" })).Status);
    }

    [Fact]
    public async Task A_call_with_a_key_is_not_counted_when_it_is_known_and_can_come_again_when_there_was_no_room()
    {
        await using var gate = await GateHarness.StartAsync(callsPerMinute: 1);
        InvocationRequest Keyed(string key) => gate.RunRequest("ana", "read uptime") with { Source = "api", IdempotencyKey = key };
        var done = await gate.CallAsync(Keyed("known"));
        var over = await gate.CallAsync(Keyed("late"));
        var again = await gate.CallAsync(Keyed("known"));
        gate.Time.Advance(Allowance.Pause);
        var later = await gate.CallAsync(Keyed("late"));

        Assert.Equal((InvocationStatus.Done, FailureCode.TooManyCalls), (done.Status, over.Failure));
        Assert.Equal(done.InvocationId, again.InvocationId);
        Assert.Equal(InvocationStatus.Done, later.Status);
        Assert.Equal(2, gate.Fleet.Executions.Count);
    }
}
