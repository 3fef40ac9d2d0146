using ChatOps.Audit;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Agent.Turns.Loop;

public sealed class ModelTurnTests
{
    private static readonly object OnLocal = new { command_line = "uptime", on = "local" };

    [Fact]
    public async Task A_turn_asks_calls_asks_again_and_answers_and_its_record_has_the_model_and_the_tokens()
    {
        var models = new ScriptedModels(ScriptedModels.Calls("Let me look.", ("status", new { }), ("run", OnLocal)), ScriptedModels.Says("All is well."));
        await using var gateway = await Gateway.StartAsync(models: models);

        var item = await gateway.AskAsync("how are we?");

        Assert.Equal((InboxState.Done, "answered"), (item.State, item.Outcome));
        Assert.Equal(["All is well."], await gateway.RepliesAsync(item.Id));
        Assert.Equal([$"{item.Id}-2", $"{item.Id}-3"], gateway.Gate.Ran.Select(r => r.Id).Order());
        Assert.All(gateway.Gate.Ran, r => Assert.Equal(("agent", "Let me look.", item.Id), (r.Source, r.Why, r.InboxId)));
        Assert.Equal([TurnStepKind.Model, TurnStepKind.Tool, TurnStepKind.Tool, TurnStepKind.Model], (await gateway.ReadAsync(s => s.TurnSteps.Of(item.Id))).Select(s => s.Kind));
        var record = Assert.Single(await RecordsAsync(gateway));
        Assert.Equal(("ana", "answered", "scripted-1", "200", "20", "2"),
            (record.Principal, record.Outcome, record.Detail["model"], record.Detail["input tokens"], record.Detail["output tokens"], record.Detail["calls"]));
    }

    [Fact]
    public async Task Only_tools_that_the_person_may_use_are_told_and_never_decisions_or_the_conversations_own_commands()
    {
        var models = new ScriptedModels(ScriptedModels.Says("Hello."));
        await using var gateway = await Gateway.StartAsync(models: models, start: false);
        gateway.Services.GetRequiredService<People>().Allowed = group => group != "run";
        await gateway.StartAsync();

        await gateway.AskAsync("hello");

        var told = models.Asked.Single().Tools.Select(t => t.Name).ToList();
        Assert.Contains("files_read", told);
        Assert.DoesNotContain("run", told);
        Assert.Empty(told.Intersect(["approvals_approve", "approvals_deny", "access_token_create", "help", "stop", "new"]));
    }

    [Fact]
    public async Task Reads_of_one_message_run_together_and_a_change_waits_for_those_before_it()
    {
        var gate = new ScriptedInvoker { RiskOf = r => r.Tool == "files_write" ? Risk.Change : Risk.Read };
        using var both = new CountdownEvent(2);
        var order = new List<string>();
        foreach (var tool in (string[])["status", "nodes", "files_write"])
        {
            gate.Tools[tool] = async (request, _, stopped) =>
            {
                if (request.Tool != "files_write")
                {
                    both.Signal();
                    await Gateway.UntilAsync(() => Task.FromResult(both.IsSet));
                }

                lock (order) order.Add(request.Tool);
                stopped.ThrowIfCancellationRequested();
                return ScriptedInvoker.Done(request);
            };
        }

        var write = new { path = "a", content = "b", on = "local" };
        var models = new ScriptedModels(ScriptedModels.Calls("", ("status", new { }), ("nodes", new { }), ("files_write", write), ("files_write", write with { path = "c" })), ScriptedModels.Says("ok"));
        await using var gateway = await Gateway.StartAsync(gate, models: models);

        await gateway.AskAsync("go");

        Assert.Equal(["files_write", "files_write"], order.Skip(2));
        Assert.Equal([["a"], ["c"]], gate.Ran.Where(r => r.Tool == "files_write").Select(r => (string[])[r.Arguments["path"]]));
    }

    [Fact]
    public async Task Behind_a_change_that_was_not_done_no_other_change_of_the_message_begins()
    {
        var gate = new ScriptedInvoker { RiskOf = _ => Risk.Change };
        gate.Tools["files_write"] = (request, _, _) => Task.FromResult(new InvocationOutcome(request.Id, InvocationStatus.Refused, "Ben denied it.", Rule: "prod asks"));
        var models = new ScriptedModels(
            ScriptedModels.Calls("", ("files_write", new { path = "a", content = "b", on = "local" }), ("run", OnLocal)), ScriptedModels.Says("It was refused."));
        await using var gateway = await Gateway.StartAsync(gate, models: models);

        await gateway.AskAsync("go");

        Assert.Equal(["files_write"], gate.Ran.Select(r => r.Tool));
        var results = ScriptedModels.Results(models.Asked.Last());
        Assert.Contains("refused, nothing ran. Rule: prod asks. Ben denied it.", results[0], StringComparison.Ordinal);
        Assert.StartsWith("Not started", results[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_wrong_call_gets_a_result_that_says_what_is_wrong_and_nothing_runs()
    {
        var unreadable = new FunctionCallContent("c9", "status", null) { Exception = new InvalidOperationException("bad") };
        var deep = Enumerable.Range(0, 60).Aggregate((object)"x", (inner, _) => new[] { inner });
        var first = ScriptedModels.Calls(
            "", ("statsu", new { }), ("run", new { command_line = 5, on = new[] { 1 } }), ("run", new { comand_line = "uptime", on = "local" }),
            ("run", new { command_line = new string('x', 10_000_000), on = "local" }), ("run", new { command_line = deep, on = "local" }), ("help", new { }), ("stop", new { }),
            ("run", new { command_line = "uptime", on = "local", dry_run = "perhaps" }));
        first.Contents.Add(unreadable);
        var models = new ScriptedModels(first, ScriptedModels.Says("I could not."));
        await using var gateway = await Gateway.StartAsync(models: models, change: o => o.MaxCallsPerStep = 9);

        var item = await gateway.AskAsync("go");

        Assert.Equal(InboxState.Done, item.State);
        var results = ScriptedModels.Results(models.Asked.Last());
        Assert.Contains("There is no function 'statsu'. Nothing was called. Did you mean 'status'?", results[0], StringComparison.Ordinal);
        Assert.Contains("'on' must be a text, not a list", results[1], StringComparison.Ordinal);
        Assert.Contains("did you mean 'command_line'?", results[2], StringComparison.Ordinal);
        Assert.Contains("(MaxArgumentCharacters)", results[3], StringComparison.Ordinal);
        Assert.Contains("Nothing was called", results[4], StringComparison.Ordinal);
        Assert.Contains("There is no function 'help'", results[5], StringComparison.Ordinal);
        Assert.Contains("There is no function 'stop'", results[6], StringComparison.Ordinal);
        Assert.Contains("not a valid JSON object", results[8], StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Gate.Ran, r => r.Arguments.GetValueOrDefault("dry_run") is null);
    }

    [Fact]
    public async Task A_waiting_call_suspends_the_turn_and_it_goes_on_with_the_outcome_without_counting_an_attempt()
    {
        var gate = new ScriptedInvoker { RiskOf = _ => Risk.Change };
        gate.Tools["run"] = (request, _, _) => Task.FromResult(ScriptedInvoker.Waiting(request));
        var models = new ScriptedModels(ScriptedModels.Calls("I restart it.", ("run", OnLocal)), ScriptedModels.Says("It says done."));
        await using var gateway = await Gateway.StartAsync(gate, models: models);
        var id = await gateway.SayAsync("restart it");
        var waiting = await gateway.UntilAsync(id, i => i.State == InboxState.Suspended);
        Assert.Equal(id + "-2", waiting.WaitsFor);

        gate.Settle(new(id + "-2", InvocationStatus.Done, "Restarted.") { Risk = Risk.Change, Title = "Restart nginx" });
        await gateway.WriteAsync(s => s.PublishAfterCommit(new InvocationFinished(id + "-2")));
        var item = await gateway.EndAsync(id);

        Assert.Equal((InboxState.Done, 1), (item.State, item.Attempts));
        Assert.Equal("It says done.", (await gateway.RepliesAsync(id))[^1]);
        Assert.Contains("done. Restarted.", ScriptedModels.Results(models.Asked.Last()).Single(), StringComparison.Ordinal);
        Assert.Single(gate.Ran);
        Assert.Equal(2, models.Asked.Count);
    }

    [Fact]
    public async Task Several_waiting_calls_of_one_message_are_all_waited_for()
    {
        var gate = new ScriptedInvoker();
        gate.Tools["run"] = (request, _, _) => Task.FromResult(ScriptedInvoker.Waiting(request));
        var models = new ScriptedModels(ScriptedModels.Calls("", ("run", OnLocal), ("run", new { command_line = "df", on = "local" })), ScriptedModels.Says("Both."));
        await using var gateway = await Gateway.StartAsync(gate, models: models);
        var id = await gateway.SayAsync("look");
        await gateway.UntilAsync(id, i => i.State == InboxState.Suspended);
        Assert.Equal(2, gate.Ran.Count);

        foreach (var call in (string[])[id + "-2", id + "-3"])
        {
            await gateway.UntilAsync(id, i => i.State == InboxState.Suspended && i.WaitsFor == call);
            gate.Settle(new(call, InvocationStatus.Done, "Seen."));
            await gateway.WriteAsync(s => s.PublishAfterCommit(new InvocationFinished(call)));
        }

        Assert.Equal(InboxState.Done, (await gateway.EndAsync(id)).State);
        Assert.Equal(2, models.Asked.Count);
        Assert.Equal(2, gate.Ran.Count);
    }

    [Fact]
    public async Task A_conversation_that_is_flooded_holds_up_no_other_and_costs_no_more_than_its_joined_turns()
    {
        using var open = new ManualResetEventSlim();
        var models = new ScriptedModels(async (request, _, _) =>
        {
            if (request.Messages[^1].Text!.StartsWith("flood", StringComparison.Ordinal)) await Gateway.UntilAsync(() => Task.FromResult(open.IsSet));
            return ScriptedModels.Says("answered");
        });
        await using var gateway = await Gateway.StartAsync(models: models);
        var flood = new List<string>();
        for (var i = 0; i < 100; i++) flood.Add(await gateway.SayAsync($"flood {i}", chat: "loud"));
        await Gateway.UntilAsync(() => Task.FromResult(models.Asked.Count == 1));

        Assert.Equal(InboxState.Done, (await gateway.AskAsync("And here?", chat: "quiet", user: "ben")).State);
        Assert.False(open.IsSet);
        open.Set();
        foreach (var id in flood) await gateway.EndAsync(id);
        Assert.InRange(models.Asked.Count, 3, 25);
    }

    [Fact]
    public async Task Messages_that_wait_behind_a_turn_are_answered_together_by_the_next_one()
    {
        using var open = new ManualResetEventSlim();
        var models = new ScriptedModels(async (request, _, _) =>
        {
            if (request.Messages[^1].Text == "first") await Gateway.UntilAsync(() => Task.FromResult(open.IsSet));
            return ScriptedModels.Says($"answer to {string.Join("+", request.Messages.Reverse().TakeWhile(m => m.Role == ChatRole.User).Select(m => m.Text).Reverse())}");
        });
        await using var gateway = await Gateway.StartAsync(models: models);
        var first = await gateway.SayAsync("first");
        await Gateway.UntilAsync(() => Task.FromResult(models.Asked.Count == 1));
        var second = await gateway.SayAsync("second");
        var third = await gateway.SayAsync("third");
        var command = await gateway.SayAsync("/status");
        var fourth = await gateway.SayAsync("fourth");
        open.Set();

        await gateway.EndAsync(fourth);
        await gateway.EndAsync(command);

        Assert.Equal(["answer to first"], await gateway.RepliesAsync(first));
        Assert.Equal(["answer to second+third"], await gateway.RepliesAsync(second));
        Assert.Equal($"answered together with {second}", (await gateway.EndAsync(third)).Outcome);
        Assert.Empty(await gateway.RepliesAsync(third));
        Assert.Contains("+fourth", Assert.Single(await gateway.RepliesAsync(fourth)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_model_says_is_streamed_and_the_answer_stands_in_the_same_message()
    {
        using var go = new ManualResetEventSlim();
        var models = new ScriptedModels(async (_, say, _) =>
        {
            say("The disk is ");
            await Gateway.UntilAsync(() => Task.FromResult(go.IsSet));
            say("full.");
            return ScriptedModels.Says("The disk is full.");
        });
        await using var gateway = await Gateway.StartAsync(models: models);
        var id = await gateway.SayAsync("why?");

        await Gateway.UntilAsync(() => Task.FromResult(gateway.Channel.Progress.Any(p => Gateway.Text(p.Content).Contains("The disk is", StringComparison.Ordinal))));
        go.Set();
        await gateway.EndAsync(id);

        Assert.Equal(["The disk is full."], await gateway.RepliesAsync(id));
        Assert.Equal(gateway.Channel.Progress.First().MessageId, (await gateway.ReadAsync(s => s.Outbox.RepliesTo(id))).Single().Id);
    }

    [Fact]
    public async Task A_failure_of_the_model_is_said_with_what_was_done_before()
    {
        var models = new ScriptedModels((request, _, _) => request.Messages[^1].Role == ChatRole.Tool
            ? throw new ChatOps.Agent.Models.ModelException(ChatOps.Agent.Models.ModelFailure.Overloaded, "The model is overloaded; try again later.")
            : Task.FromResult(ScriptedModels.Calls("", ("run", OnLocal))));
        await using var gateway = await Gateway.StartAsync(new ScriptedInvoker { RiskOf = _ => Risk.Change }, models: models);

        var item = await gateway.AskAsync("restart it");

        Assert.Equal((InboxState.Failed, "model overloaded"), (item.State, item.Outcome));
        Assert.Equal(["[Failed] The model is overloaded; try again later. What was asked to change: run: done."], await gateway.RepliesAsync(item.Id));
    }

    internal static async Task<IReadOnlyList<AuditEntry>> RecordsAsync(Gateway gateway) =>
        [.. (await gateway.ReadAsync(s => s.Audit.Read(1, 1000))).Select(r => r.Entry).Where(e => e.Kind == AuditKind.Turn)];
}
