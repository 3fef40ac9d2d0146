using ChatOps.Approvals;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

/// <summary>What a model asks for passes the same gate; after text from outside was read, it always asks.</summary>
public sealed class ModelNeedTests
{
    private const string Source = "logs of web-1";

    private static InvocationRequest Generated(InvocationRequest request) => request with { Source = InvocationRequest.Agent, Why = "The log says so." };

    private static InvocationRequest Tainted(InvocationRequest request) => Generated(request) with { TaintedBy = Source };

    [Fact]
    public async Task After_outside_text_a_standing_grant_and_a_lenient_rule_do_not_let_a_change_run()
    {
        await using var gate = await GateHarness.StartAsync();
        var first = await gate.RunAsync("ana", "change the world");
        await gate.CallAsync(gate.Request("li", "approvals_approve", ("id", first.ApprovalId!), ("grant_for", "1h")));
        await gate.WaitAsync(first.InvocationId);
        Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(Generated(gate.RunRequest("ana", "change the world")))).Status);

        var granted = await gate.CallAsync(Tainted(gate.RunRequest("ana", "change the world")));
        gate.Policy.Asks = false;
        var lenient = await gate.CallAsync(Tainted(gate.RunRequest("ana", "change something")));

        Assert.Equal([InvocationStatus.Waiting, InvocationStatus.Waiting], [granted.Status, lenient.Status]);
        Assert.Equal(2, gate.Fleet.Executions.Count);
        Assert.False((await gate.FindApprovalAsync(lenient.ApprovalId!)).Request.Need.AllowStanding);
    }

    [Fact]
    public async Task The_card_names_the_source_and_says_that_a_model_wrote_the_reason()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.CallAsync(Tainted(gate.RunRequest("ana", "change the world")));
        var fields = gate.Approvals.Render(await gate.FindApprovalAsync(waiting.ApprovalId!), null).Blocks.OfType<FieldsBlock>().Single().Fields;
        Assert.Contains(fields, f => f.Label == "Asked after reading" && f.Value.StartsWith(Source, StringComparison.Ordinal));
        Assert.Contains(fields, f => f is { Label: "Why, as the model wrote", Value: "The log says so." });
        Assert.DoesNotContain(fields, f => f.Label == "Why");
    }

    [Fact]
    public async Task Reading_goes_on_after_outside_text()
    {
        await using var gate = await GateHarness.StartAsync();
        Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(Tainted(gate.RunRequest("ana", "read uptime")))).Status);
    }

    [Theory]
    [InlineData("approvals_approve")]
    [InlineData("approvals_deny")]
    public async Task A_model_decides_nothing(string tool)
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");
        var refused = await gate.CallAsync(Generated(gate.Request("li", tool, ("id", waiting.ApprovalId!))));
        Assert.Equal((InvocationStatus.Refused, FailureCode.NotAllowed), (refused.Status, refused.Failure));
        Assert.Contains("a model decides nothing", refused.Summary, StringComparison.Ordinal);
        Assert.Equal(ApprovalState.Pending, (await gate.FindApprovalAsync(waiting.ApprovalId!)).State);
    }

    [Fact]
    public async Task A_preview_says_what_would_run_and_whether_it_asks_and_leaves_no_trace()
    {
        await using var gate = await GateHarness.StartAsync();
        var before = (await gate.RecordsAsync()).Count;
        var change = await gate.Gate.PreviewAsync(Generated(gate.RunRequest("ana", "change the world")), TestContext.Current.CancellationToken);
        var read = await gate.Gate.PreviewAsync(Generated(gate.RunRequest("ana", "read uptime")), TestContext.Current.CancellationToken);
        var unknown = await gate.Gate.PreviewAsync(Generated(gate.Request("ana", "no_such_tool")), TestContext.Current.CancellationToken);

        Assert.Equal((true, null), (change.Need!.Asks, change.Refusal));
        Assert.Equal((false, null), (read.Need!.Asks, read.Refusal));
        Assert.Equal(FailureCode.UnknownTool, unknown.Refusal!.Failure);
        Assert.Equal(before, (await gate.RecordsAsync()).Count);
        Assert.Empty(gate.Fleet.Executions);
    }
}
