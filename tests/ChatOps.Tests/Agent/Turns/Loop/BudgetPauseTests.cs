using ChatOps.Agent.Models;
using ChatOps.Agent.Models.Costs;
using ChatOps.Audit;
using ChatOps.Costs;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;

namespace ChatOps.Tests.Agent.Turns.Loop;

/// <summary>A turn at a budget's limit lies still, holds nothing, and goes on from its stored steps when there is room.</summary>
public sealed class BudgetPauseTests : IDisposable
{
    private static readonly BudgetOptions Cent = new() { Person = 0.01m };

    private readonly string directory = Directory.CreateTempSubdirectory("chatops-agent-").FullName;

    // A budget is raised for a day: at midnight a raise of the evening before would count no more.
    private readonly FromNoon noon = new();

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Raised_it_goes_on_by_itself_behind_its_last_step_and_answers_below()
    {
        await using var gateway = await Gateway.StartAsync(directory: directory, models: Models(), budgets: Cent, time: noon);
        var id = await PausedAsync(gateway);
        var said = Assert.Single(await gateway.ReadAsync(s => s.Outbox.RepliesTo(id)));
        Assert.Contains("is used up for today", Gateway.Text(said.Content), StringComparison.Ordinal);
        Assert.Equal(2, said.Content.Blocks.OfType<ActionsBlock>().Single().Actions.Count);
        var commands = new List<string>();
        foreach (var action in said.Content.Blocks.OfType<ActionsBlock>().Single().Actions) commands.Add((await gateway.ReadAsync(s => s.Approvals.FindAction(action.Token)))!.Command);
        Assert.Equal(["cost raise person ana --by 1", $"cost refuse {id}"], commands);

        // Nothing is held: the conversation goes on.
        Assert.Equal(InboxState.Done, (await gateway.AskAsync("/run uptime")).State);

        await gateway.WriteAsync(Raise);
        Assert.Equal((InboxState.Done, "answered"), await StateAsync(gateway, id));
        var replies = await gateway.RepliesAsync(id);
        Assert.Equal([BudgetTexts.GoesOn, "It is up."], replies);
        Assert.Single(gateway.Gate.Ran, r => r.Id.StartsWith(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Raised_while_the_gateway_was_down_it_goes_on_at_the_next_start()
    {
        string id;
        await using (var first = await Gateway.StartAsync(directory: directory, models: Models(), budgets: Cent, time: noon)) id = await PausedAsync(first);
        await using var second = await Gateway.StartAsync(directory: directory, models: Models(), budgets: Cent, time: noon, start: false);
        await second.WriteAsync(s => s.Usage.Raise(RaiseRow()));
        await second.StartAsync();

        Assert.Equal((InboxState.Done, "answered"), await StateAsync(second, id));
        Assert.DoesNotContain(second.Gate.Ran, r => r.Id.StartsWith(id, StringComparison.Ordinal));
        Assert.Equal("It is up.", (await second.RepliesAsync(id))[^1]);
    }

    [Fact]
    public async Task Refused_it_ends_with_a_sentence_that_says_who_and_what_was_done()
    {
        await using var gateway = await Gateway.StartAsync(directory: directory, models: Models(), budgets: Cent, time: noon);
        var id = await PausedAsync(gateway);
        await gateway.WriteAsync(s =>
        {
            var item = s.Inbox.Find(id)!;
            s.Inbox.SetContext(id, item.Context with { Pause = item.Context.Pause! with { RefusedBy = "Root" } });
            s.PublishAfterCommit(new BudgetsChanged());
        });

        Assert.Equal((InboxState.Cancelled, "budget not raised"), await StateAsync(gateway, id));
        var reply = Assert.Single(await gateway.RepliesAsync(id));
        Assert.Contains("Root decided that the budget for models is not raised", reply, StringComparison.Ordinal);
        Assert.Contains("1 reading call before that", reply, StringComparison.Ordinal);
        Assert.DoesNotContain((await gateway.ReadAsync(s => s.Outbox.RepliesTo(id)))[0].Content.Blocks, b => b is ActionsBlock);
        Assert.Contains(await gateway.ReadAsync(s => s.Audit.Query(new AuditQuery { Limit = 10 })), r => r.Entry is { Kind: AuditKind.Turn, Outcome: "budget not raised" });
    }

    [Fact]
    public async Task Nobody_decides_and_it_ends_in_time()
    {
        await using (var first = await Gateway.StartAsync(directory: directory, models: Models(), budgets: Cent, time: noon, change: o => o.BudgetWait = TimeSpan.Zero))
        {
            var id = await PausedAsync(first);
            await first.WriteAsync(s => s.PublishAfterCommit(new BudgetsChanged()));
            Assert.Equal((InboxState.Cancelled, "budget not raised"), await StateAsync(first, id));
            Assert.Contains("was not raised in time", Assert.Single(await first.RepliesAsync(id)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_stop_ends_it_even_before_its_first_step()
    {
        var models = new ScriptedModels((_, _, _) => throw BudgetTexts.Over(new BudgetState(BudgetScope.Person, "ana", 10_000, 10_000), 20_000));
        await using var gateway = await Gateway.StartAsync(directory: directory, models: models, budgets: Cent, time: noon);
        var id = await gateway.SayAsync("how is it?");
        await gateway.UntilAsync(id, i => i.State == InboxState.Suspended);
        await gateway.AskAsync("/stop");
        Assert.Equal(InboxState.Cancelled, (await gateway.EndAsync(id)).State);
    }

    private static async Task<(InboxState, string?)> StateAsync(Gateway gateway, string id)
    {
        var item = await gateway.EndAsync(id);
        return (item.State, item.Outcome);
    }

    private static async Task<string> PausedAsync(Gateway gateway)
    {
        var id = await gateway.SayAsync("how is it?");
        await gateway.UntilAsync(id, i => i.State == InboxState.Suspended);
        return id;
    }

    // Looks once, then a step that the budget has no room for until it is raised.
    private ScriptedModels Models()
    {
        var directory = this.directory;
        return new ScriptedModels(async (request, _, _) =>
        {
            if (ScriptedModels.Results(request).Count == 0) return ScriptedModels.Calls("", ("run", new { command_line = "uptime", on = "local" }));
            return await RaisedAsync(directory) ? ScriptedModels.Says("It is up.") : throw BudgetTexts.Over(new BudgetState(BudgetScope.Person, "ana", 10_000, 10_000), 20_000);
        });
    }

    private static Task<bool> RaisedAsync(string directory) => Task.FromResult(File.Exists(Path.Combine(directory, "raised")));

    private void Raise(IStoreSession session)
    {
        session.Usage.Raise(RaiseRow());
        session.PublishAfterCommit(new BudgetsChanged());
    }

    private BudgetRaise RaiseRow()
    {
        File.WriteAllText(Path.Combine(directory, "raised"), "");
        var now = noon.GetUtcNow();
        return new BudgetRaise("r1", DateOnly.FromDateTime(now.UtcDateTime), BudgetScope.Person, "ana", Money.Dollar, "root", now);
    }

    /// <summary>Goes on like any clock, and it was noon when it began.</summary>
    private sealed class FromNoon : TimeProvider
    {
        private readonly TimeSpan ahead = TimeSpan.FromHours(12) - System.GetUtcNow().TimeOfDay;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }
}
