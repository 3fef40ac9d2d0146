using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;

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
    public async Task A_press_in_another_conversation_does_nothing_and_says_so()
    {
        await using var gateway = await WithActionAsync("status", "test/elsewhere");
        var item = await gateway.AskAsync("tok123", kind: InboundKind.Action);
        Assert.StartsWith("[Refused] This button belongs to another conversation", (await gateway.RepliesAsync(item.Id))[0], StringComparison.Ordinal);
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

    [Fact]
    public async Task A_stranger_presses_in_vain()
    {
        await using var gateway = await WithActionAsync("status", null);
        await gateway.AskAsync("tok123", user: "stranger", kind: InboundKind.Action);
        Assert.Empty(gateway.Gate.Ran);
    }
}
