using ChatOps.Costs;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

public sealed class CostToolTests
{
    [Fact]
    public async Task Costs_are_added_up_by_what_is_asked_for()
    {
        await using var gate = await GateHarness.StartAsync();
        await gate.Store.WriteAsync(
            s =>
            {
                s.Usage.Add(new UsageRow("1", "ana", "web/ana", null, "main", gate.Time.GetUtcNow()) { InputTokens = 10, OutputTokens = 2, Cost = 1_500_000, IsPriced = true });
                s.Usage.Add(new UsageRow("2", "eve", "web/eve", "nightly", "main", gate.Time.GetUtcNow()) { InputTokens = 5, OutputTokens = 1, Cost = 20_000, IsPriced = true });
                s.Usage.Add(new UsageRow("3", "eve", "web/eve", null, "old", gate.Time.GetUtcNow() - TimeSpan.FromDays(2)) { Cost = 7_000_000, IsPriced = true });
                return true;
            },
            TestContext.Current.CancellationToken);

        var people = (await gate.CallAsync(gate.Request("ana", "cost", ("by", "person")))).Result!;
        Assert.StartsWith("$1.52 for 2 requests", people.Summary, StringComparison.Ordinal);
        Assert.Equal([["ana", "1", "10", "2", "$1.50"], ["eve", "1", "5", "1", "$0.02"]], people.Message.Blocks.OfType<TableBlock>().Single().Rows);
        Assert.Equal([["nightly", "1", "5", "1", "$0.02"]], (await Rows(gate, ("by", "schedule"))).Rows);
        Assert.Equal(2, (await Rows(gate, ("by", "model"), ("since", "7d"))).Rows.Count);
        Assert.Equal(2, (await Rows(gate, ("by", "day"), ("since", "7d"))).Rows.Count);
    }

    [Fact]
    public async Task A_budget_is_raised_for_today_by_who_may_and_that_is_on_record()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Budgets.Person = 5 * Money.Dollar;
        var day = DateOnly.FromDateTime(gate.Time.GetUtcNow().UtcDateTime);

        Assert.Equal(InvocationStatus.Refused, (await gate.CallAsync(gate.Request("guest", "cost_raise", ("budget", "person"), ("of", "ana"), ("by", "2.5")))).Status);
        var done = await gate.CallAsync(gate.Request("ana", "cost_raise", ("budget", "person"), ("of", "ana"), ("by", "2.5")));

        Assert.Equal(InvocationStatus.Done, done.Status);
        Assert.Contains("$7.50", done.Result!.Summary, StringComparison.Ordinal);
        Assert.Equal(2_500_000, await gate.Store.ReadAsync(s => s.Usage.Raised(day, BudgetScope.Person, "ana"), TestContext.Current.CancellationToken));
        Assert.Contains(await gate.RecordsAsync(), r => r.Entry is { Tool: "cost_raise", Principal: "ana", Outcome: "done" });
    }

    [Theory]
    [InlineData("person", "ana", "much")]
    [InlineData("person", "ana", "-5")]
    [InlineData("person", "nobody-here", "5")]
    [InlineData("day", "", "5")]
    public async Task What_makes_no_sense_raises_nothing(string budget, string of, string by)
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Budgets.Person = Money.Dollar;
        var request = of.Length == 0 ? gate.Request("ana", "cost_raise", ("budget", budget), ("by", by)) : gate.Request("ana", "cost_raise", ("budget", budget), ("of", of), ("by", by));
        Assert.Equal(InvocationStatus.Failed, (await gate.CallAsync(request)).Status);
    }

    [Fact]
    public async Task An_answer_that_waits_at_a_budget_is_ended_by_who_may_and_nothing_else_is()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await WaitingAsync(gate);
        Assert.Equal(InvocationStatus.Refused, (await gate.CallAsync(gate.Request("guest", "cost_refuse", ("message", waiting)))).Status);
        Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(gate.Request("ana", "cost_refuse", ("message", waiting)))).Status);
        Assert.NotNull((await gate.Store.ReadAsync(s => s.Inbox.Find(waiting), TestContext.Current.CancellationToken))!.Context.Pause!.RefusedBy);
        Assert.Equal(InvocationStatus.Failed, (await gate.CallAsync(gate.Request("ana", "cost_refuse", ("message", waiting)))).Status);
        Assert.Equal(InvocationStatus.Failed, (await gate.CallAsync(gate.Request("ana", "cost_refuse", ("message", "none")))).Status);
    }

    private static async Task<string> WaitingAsync(GateHarness gate)
    {
        var item = new InboxItem("m1", "web:1", "web/ana", new("web", "", "ana"), InboundKind.Text, "look", gate.Time.GetUtcNow(), InboxState.Accepted, 0, null, null)
        {
            Context = InboundContext.None with { Pause = new BudgetPause("ana", 10, gate.Time.GetUtcNow() + TimeSpan.FromHours(1)) },
        };
        await gate.Store.WriteAsync(
            s =>
            {
                s.Inbox.Add(item);
                s.Inbox.SetState(item.Id, InboxState.Suspended, BudgetPause.WaitsFor(item.Id), null);
                return true;
            },
            TestContext.Current.CancellationToken);
        return item.Id;
    }

    private static async Task<TableBlock> Rows(GateHarness gate, params (string, string)[] arguments) =>
        (await gate.CallAsync(gate.Request("ana", "cost", arguments))).Result!.Message.Blocks.OfType<TableBlock>().Single();
}
