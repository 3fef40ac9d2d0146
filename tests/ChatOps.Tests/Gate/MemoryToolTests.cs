using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

public sealed class MemoryToolTests
{
    private static InvocationRequest Generated(InvocationRequest request, string? taint = null) => request with { Source = InvocationRequest.Agent, TaintedBy = taint };

    [Fact]
    public async Task What_a_person_types_for_themselves_is_remembered_at_once_and_for_nobody_else()
    {
        await using var gate = await GateHarness.StartAsync();

        Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(gate.Request("ana", "memory_add", ("text", "checkout runs on web-1")))).Status);

        Assert.Contains("checkout", (await gate.CallAsync(gate.Request("ana", "memory_read"))).Result!.DataJson, StringComparison.Ordinal);
        Assert.Equal("[]", (await gate.CallAsync(gate.Request("li", "memory_read"))).Result!.DataJson);
        Assert.Equal("[]", (await gate.CallAsync(gate.Request("li", "memory_search", ("words", "checkout")))).Result!.DataJson);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("logs of web-1")]
    public async Task What_a_model_wants_remembered_is_asked_and_then_kept(string? taint)
    {
        await using var gate = await GateHarness.StartAsync();

        var asked = await gate.CallAsync(Generated(gate.Request("ana", "memory_add", ("text", "checkout runs on web-1")), taint));

        Assert.Equal(InvocationStatus.Waiting, asked.Status);
        Assert.Equal("[]", (await gate.CallAsync(gate.Request("ana", "memory_read"))).Result!.DataJson);
        var item = Assert.Single((await gate.FindApprovalAsync(asked.ApprovalId!)).Request.Items);
        Assert.Equal("checkout runs on web-1", item.Preview);
        await gate.ApproveAsync("li", asked.ApprovalId!);
        Assert.Equal(InvocationStatus.Done, (await gate.WaitAsync(asked.InvocationId)).Status);
        Assert.Contains("checkout", (await gate.CallAsync(gate.Request("ana", "memory_read"))).Result!.DataJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_everybody_will_be_told_is_asked_whoever_writes_it()
    {
        await using var gate = await GateHarness.StartAsync();

        Assert.Equal(InvocationStatus.Waiting, (await gate.CallAsync(gate.Request("ana", "memory_add", ("text", "no deployments on Fridays"), ("shared", "true")))).Status);
    }

    [Fact]
    public async Task What_may_not_be_remembered_is_refused_before_anybody_is_asked()
    {
        await using var gate = await GateHarness.StartAsync();

        var outcome = await gate.CallAsync(Generated(gate.Request("ana", "memory_add", ("text", "bad idea"))));

        Assert.Equal(InvocationStatus.Refused, outcome.Status);
        Assert.Contains("It is bad.", outcome.Summary, StringComparison.Ordinal);
        Assert.Null(outcome.ApprovalId);
    }

    [Fact]
    public async Task A_note_is_forgotten_by_its_id_and_a_model_asks_first()
    {
        await using var gate = await GateHarness.StartAsync();
        await gate.CallAsync(gate.Request("ana", "memory_add", ("text", "a fact")));

        Assert.Equal(InvocationStatus.Waiting, (await gate.CallAsync(Generated(gate.Request("ana", "memory_forget", ("id", "n1"))))).Status);
        Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(gate.Request("ana", "memory_forget", ("id", "n1")))).Status);
        Assert.Equal(FailureCode.NotFound, (await gate.CallAsync(gate.Request("ana", "memory_forget", ("id", "n1")))).Failure);
    }
}
