using ChatOps.Audit;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

public sealed class PairToolTests
{
    [Fact]
    public async Task A_viewer_is_let_in_at_once_and_on_record()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Access.KnownRoles.AddRange(["viewer", "operator"]);

        var outcome = await gate.CallAsync(gate.Request("ana", "access_pair_approve", ("code", FakePairings.Code), ("role", "viewer")));

        Assert.Equal(InvocationStatus.Done, outcome.Status);
        Assert.Equal([$"{FakePairings.Code} is eve, viewer, by ana"], gate.Pairings.Done);
        Assert.Contains(await gate.RecordsAsync(), r => r.Entry is { Kind: AuditKind.Intent, Tool: "access_pair_approve", Principal: "ana" });
    }

    [Theory]
    [InlineData("operator", "eve")]
    [InlineData("viewer", "li")]
    public async Task Any_other_role_and_a_person_who_is_known_ask_as_giving_the_role_would(string role, string person)
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Access.KnownRoles.AddRange(["viewer", "operator"]);

        var outcome = await gate.CallAsync(gate.Request("ana", "access_pair_approve", ("code", FakePairings.Code), ("role", role), ("person", person)));
        Assert.Equal(InvocationStatus.Waiting, outcome.Status);
        Assert.Empty(gate.Pairings.Done);
        await gate.ApproveAsync("li", outcome.ApprovalId!);
        Assert.Equal(InvocationStatus.Done, (await gate.WaitAsync(outcome.InvocationId)).Status);
        Assert.Equal([$"{FakePairings.Code} is {person}, {role}, by ana"], gate.Pairings.Done);
    }

    [Theory]
    [InlineData("guest", FakePairings.Code, "viewer", "Nothing allows guest")]
    [InlineData("ana", "WRONGCDE", "viewer", "Nobody waits with the code")]
    [InlineData("ana", FakePairings.Code, "emperor", "There is no role 'emperor'")]
    public async Task Who_may_not_what_is_over_and_a_role_that_is_not_are_refused(string person, string code, string role, string reason)
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Access.KnownRoles.AddRange(["viewer", "operator"]);

        var outcome = await gate.CallAsync(gate.Request(person, "access_pair_approve", ("code", code), ("role", role)));

        Assert.Equal(InvocationStatus.Refused, outcome.Status);
        Assert.Contains(reason, outcome.Summary, StringComparison.Ordinal);
        Assert.Empty(gate.Pairings.Done);
    }

    [Fact]
    public async Task Requests_are_listed_and_denied()
    {
        await using var gate = await GateHarness.StartAsync();

        Assert.Contains(FakePairings.Code, (await gate.CallAsync(gate.Request("ana", "access_pair_list"))).Result!.DataJson, StringComparison.Ordinal);
        Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(gate.Request("ana", "access_pair_deny", ("code", FakePairings.Code)))).Status);
        Assert.Equal(FailureCode.NotFound, (await gate.CallAsync(gate.Request("ana", "access_pair_deny", ("code", "WRONGCDE")))).Failure);
    }

    [Fact]
    public async Task A_group_is_admitted_listed_and_removed()
    {
        await using var gate = await GateHarness.StartAsync();
        Task<InvocationOutcome> CallAsync(string tool, string group) => gate.CallAsync(gate.Request("ana", tool, ("group", group)));

        Assert.Equal(InvocationStatus.Done, (await CallAsync("access_group_admit", "telegram:-100123")).Status);
        Assert.True((await gate.Store.ReadAsync(s => s.Admissions.FindGroup("telegram", "-100123"), TestContext.Current.CancellationToken)) is { Admitted: true, DecidedBy: "ana" });
        Assert.Contains("telegram:-100123", (await gate.CallAsync(gate.Request("ana", "access_group_list"))).Result!.DataJson, StringComparison.Ordinal);
        Assert.Equal(InvocationStatus.Refused, (await CallAsync("access_group_admit", "the ops room")).Status);
        Assert.Equal(InvocationStatus.Done, (await CallAsync("access_group_remove", "telegram:-100123")).Status);
        Assert.Equal(FailureCode.NotFound, (await CallAsync("access_group_remove", "telegram:-100123")).Failure);
        Assert.Equal(InvocationStatus.Refused, (await gate.CallAsync(gate.Request("guest", "access_group_admit", ("group", "telegram:-1")))).Status);
    }
}
