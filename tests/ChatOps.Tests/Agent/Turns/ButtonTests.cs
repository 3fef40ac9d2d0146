using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tools;

namespace ChatOps.Tests.Agent.Turns;

public class ButtonTests
{
    private static async Task<Gateway> WithActionAsync(string command, string? conversation)
    {
        var gateway = await Gateway.StartAsync();
        await gateway.WriteAsync(s => s.Approvals.AddAction(new StoredAction("tok123", command, conversation, DateTimeOffset.UnixEpoch)));
        return gateway;
    }

    [Theory]
    [InlineData("tok123", null)]
    [InlineData("tok123 too late, --hash xyz 'quoted", "too late, --hash xyz 'quoted")]
    public async Task A_press_runs_the_stored_command_with_the_reason_of_the_person(string press, string? reason)
    {
        await using var gateway = await WithActionAsync("approvals deny 7F3K2M --revision 1 --hash ab12", "test/ops");
        await gateway.AskAsync(press, kind: InboundKind.Action);
        var request = Assert.Single(gateway.Gate.Ran);
        Assert.Equal(("approvals_deny", "button"), (request.Tool, request.Source));
        Assert.Equal(("7F3K2M", "1", "ab12"), (request.Arguments["id"], request.Arguments["revision"], request.Arguments["hash"]));
        Assert.Equal(reason, request.Arguments.GetValueOrDefault("reason"));
    }

    [Fact]
    public async Task A_press_that_overtakes_the_news_that_its_card_was_sent_counts_all_the_same()
    {
        await using var gateway = await WithActionAsync("approvals approve 7F3K2M --revision 1 --hash ab12", "test/ops");
        await gateway.WriteAsync(s =>
        {
            var message = new StoredMessage("card", "test/ops", null, RichMessage.Text("card"), null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
            s.Outbox.AddMessage(message);
            s.Outbox.Add(new OutboxItem("step", "test/ops", "card", OutboundOperation.Send, ReplyPriority.Approval, message.Content, OutboxState.Sending, 1, DateTimeOffset.UnixEpoch, null, DateTimeOffset.UnixEpoch));
        });

        await gateway.AskAsync("tok123", kind: InboundKind.Action);

        Assert.Equal("approvals_approve", Assert.Single(gateway.Gate.Ran).Tool);
    }

    [Fact]
    public async Task A_press_in_another_conversation_does_nothing_and_says_so()
    {
        await using var gateway = await WithActionAsync("status", "test/elsewhere");
        var item = await gateway.AskAsync("tok123", kind: InboundKind.Action);
        Assert.StartsWith("[Refused] This button belongs to another conversation", (await gateway.RepliesAsync(item.Id))[0], StringComparison.Ordinal);
        await Gateway.UntilAsync(() => Task.FromResult(gateway.Channel.Sent.Count == 1));
        Assert.Equal("ana", gateway.Channel.Sent.Single().PrivateTo);
        Assert.Empty(gateway.Gate.Ran);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("tok12 a reason")]
    public async Task A_press_with_an_unknown_token_does_nothing_and_says_so(string press)
    {
        await using var gateway = await WithActionAsync("status", null);
        var item = await gateway.AskAsync(press, kind: InboundKind.Action);
        Assert.StartsWith("[Refused] This button does not work any more, and nothing happened.", (await gateway.RepliesAsync(item.Id))[0], StringComparison.Ordinal);
        Assert.Empty(gateway.Gate.Ran);
    }

    [Theory]
    [InlineData(InvocationStatus.Refused, "ana")]
    [InlineData(InvocationStatus.Failed, "ana")]
    [InlineData(InvocationStatus.Done, null)]
    public async Task A_press_that_is_refused_is_answered_privately(InvocationStatus status, string? privateTo)
    {
        await using var gateway = await WithActionAsync("status", null);
        gateway.Gate.Tools["status"] = (request, _, _) => Task.FromResult(new InvocationOutcome(request.Id, status, "so it is"));
        await gateway.AskAsync("tok123", kind: InboundKind.Action);
        await Gateway.UntilAsync(() => Task.FromResult(gateway.Channel.Sent.Count == 1));
        Assert.Equal(privateTo, gateway.Channel.Sent.Single().PrivateTo);
    }

    [Fact]
    public async Task An_approval_that_is_shown_is_its_live_card()
    {
        await using var gateway = await WithActionAsync("status", null);
        gateway.Gate.Tools["approvals_show"] = (request, _, _) => Task.FromResult(new InvocationOutcome(
            request.Id, InvocationStatus.Done, "shown", new ToolResult(InvocationStatus.Done, "shown", RichMessage.Text("still"), "null") { Card = "7F3K2M" }));
        var item = await gateway.AskAsync("/approvals show 7F3K2M");
        Assert.Equal(["card of 7F3K2M"], await gateway.RepliesAsync(item.Id));
    }

    [Fact]
    public async Task A_stranger_presses_in_vain()
    {
        await using var gateway = await WithActionAsync("status", null);
        await gateway.AskAsync("tok123", user: "stranger", kind: InboundKind.Action);
        Assert.Empty(gateway.Gate.Ran);
    }
}
