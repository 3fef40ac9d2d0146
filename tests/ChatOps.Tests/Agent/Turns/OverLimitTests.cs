using ChatOps.Agent;
using ChatOps.Audit;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;

namespace ChatOps.Tests.Agent.Turns;

public class OverLimitTests
{
    // One a minute, so that however slow the machine is, the second is one too many.
    private static void One(AgentOptions options) => options.MessagesPerMinute = 1;

    [Fact]
    public async Task Over_the_limit_nothing_runs_it_is_said_once_and_every_message_is_in_the_record()
    {
        await using var gateway = await Gateway.StartAsync(change: One);
        await gateway.AskAsync("/nodes");
        var first = await gateway.AskAsync("/status");
        var second = await gateway.AskAsync("what about web-1?", chat: "elsewhere");

        Assert.Equal(["nodes"], gateway.Gate.Ran.Select(r => r.Tool));
        Assert.Equal([(InboxState.Done, "over the limit"), (InboxState.Done, "over the limit")], [(first.State, first.Outcome), (second.State, second.Outcome)]);
        var said = Assert.Single(await gateway.RepliesAsync(first.Id));
        Assert.Matches(@"^\[Refused\] More than 1 messages came from you within a minute \(Agent:MessagesPerMinute\), so this one was not answered, and nothing of it ran: /status\. Nor are others before \d+ s from now; ", said);
        Assert.Empty(await gateway.RepliesAsync(second.Id));
        var records = await gateway.ReadAsync(s => s.Audit.Query(new AuditQuery()));
        Assert.Equal([first.Id, second.Id], records.Where(r => r.Entry.Rule == "Agent:MessagesPerMinute").OrderBy(r => r.Sequence).Select(r => r.Entry.Detail["message"]));
    }

    [Fact]
    public async Task Stopping_halting_and_deciding_are_never_limited()
    {
        await using var gateway = await Gateway.StartAsync(change: One);
        await gateway.AskAsync("/nodes");
        await gateway.AskAsync("/status");
        foreach (var line in (string[])["/stop", "/halt", "/halt status", "/approve 7F3K2M", "/deny 7F3K2M"]) Assert.NotEqual("over the limit", (await gateway.AskAsync(line)).Outcome);

        Assert.Equal(["nodes", "halt", "halt_status", "approvals_approve", "approvals_deny"], gateway.Gate.Ran.Select(r => r.Tool));
        Assert.Equal("over the limit", (await gateway.AskAsync("/approvals")).Outcome);
    }

    [Fact]
    public async Task A_button_that_decides_is_never_limited_and_another_one_is()
    {
        await using var gateway = await Gateway.StartAsync(change: One);
        await gateway.WriteAsync(s =>
        {
            s.Approvals.AddAction(new StoredAction("decide", "approve 7F3K2M", null, DateTimeOffset.UnixEpoch));
            s.Approvals.AddAction(new StoredAction("again", "status", null, DateTimeOffset.UnixEpoch));
        });
        await gateway.AskAsync("/nodes");
        Assert.Equal("over the limit", (await gateway.AskAsync("again", kind: InboundKind.Action)).Outcome);
        await gateway.AskAsync("decide", kind: InboundKind.Action);
        Assert.Equal(["nodes", "approvals_approve"], gateway.Gate.Ran.Select(r => r.Tool));
    }

    [Fact]
    public async Task What_a_schedule_asks_is_not_counted_as_its_owners()
    {
        await using var gateway = await Gateway.StartAsync(change: One);
        for (var i = 0; i < 3; i++) await gateway.EndAsync(await gateway.SayAsync("/status", context: new InboundContext { Schedule = "nightly" }));
        await gateway.AskAsync("/nodes");
        Assert.Equal(4, gateway.Gate.Ran.Count);
    }
}
