using System.Diagnostics;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tools;
using Microsoft.Extensions.AI;

namespace ChatOps.Tests.Agent.Turns.Loop;

public sealed class ModelStopTests
{
    private static readonly object OnLocal = new { command_line = "sleep 1000", on = "local" };

    [Fact]
    public async Task Stop_ends_a_model_in_the_middle_of_its_message()
    {
        var models = new ScriptedModels(async (_, say, stopped) =>
        {
            say("I think ");
            await Task.Delay(Timeout.Infinite, stopped);
            throw new UnreachableException();
        });
        await using var gateway = await Gateway.StartAsync(models: models);
        var id = await gateway.SayAsync("why?");
        await Gateway.UntilAsync(() => Task.FromResult(models.Asked.Count == 1));

        var watch = Stopwatch.StartNew();
        await gateway.AskAsync("/stop");
        var item = await gateway.EndAsync(id);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), $"took {watch.Elapsed}");
        Assert.Equal((InboxState.Cancelled, "stopped"), (item.State, item.Outcome));
        Assert.Equal(["[Refused] Stopped by Ana. Nothing was called."], await gateway.RepliesAsync(id));
    }

    [Fact]
    public async Task Stop_ends_the_tool_and_the_turn_says_what_was_done_and_asks_no_model_again()
    {
        var gate = Endless(_ => Risk.Change);
        var models = new ScriptedModels(ScriptedModels.Calls("", ("files_write", new { path = "a", content = "b", on = "local" }), ("run", OnLocal)), ScriptedModels.Says("never"));
        await using var gateway = await Gateway.StartAsync(gate, models: models);
        var id = await gateway.SayAsync("go");
        await Gateway.UntilAsync(() => Task.FromResult(gate.Ran.Count == 2));

        await gateway.AskAsync("/stop");
        var item = await gateway.EndAsync(id);

        Assert.Equal(InboxState.Cancelled, item.State);
        Assert.Equal(["[Refused] Stopped by Ana. What was asked to change: files_write: done; run: failed."], await gateway.RepliesAsync(id));
        Assert.Single(models.Asked);
    }

    [Fact]
    public async Task Nothing_more_is_begun_while_the_gate_still_records_what_it_stopped()
    {
        var gate = Endless(request => request.Tool == "run" ? Risk.Read : Risk.Change);
        gate.AfterStop = () => Task.Delay(TimeSpan.FromMilliseconds(200));
        var models = new ScriptedModels(ScriptedModels.Calls("", ("run", OnLocal), ("files_write", new { path = "a", content = "b", on = "local" })), ScriptedModels.Says("never"));
        await using var gateway = await Gateway.StartAsync(gate, models: models);
        var id = await gateway.SayAsync("go");
        await Gateway.UntilAsync(() => Task.FromResult(gate.Ran.Count == 1));

        await gateway.AskAsync("/stop");
        var item = await gateway.EndAsync(id);

        Assert.Equal(InboxState.Cancelled, item.State);
        Assert.Equal("run", Assert.Single(gate.Ran).Tool);
        Assert.Single(models.Asked);
    }

    [Fact]
    public async Task Stop_ends_a_turn_that_waits_for_people_and_it_never_goes_on()
    {
        var gate = new ScriptedInvoker();
        gate.Tools["run"] = (request, _, _) => Task.FromResult(ScriptedInvoker.Waiting(request));
        var models = new ScriptedModels(ScriptedModels.Calls("", ("run", OnLocal)), ScriptedModels.Says("never"));
        await using var gateway = await Gateway.StartAsync(gate, models: models);
        var id = await gateway.SayAsync("go");
        await gateway.UntilAsync(id, i => i.State == InboxState.Suspended);

        var stop = await gateway.AskAsync("/stop");
        await gateway.WriteAsync(s => s.PublishAfterCommit(new InvocationFinished(id + "-2")));
        await gateway.AskAsync("/status");

        Assert.Equal(["[Ok] Stopped: run."], await gateway.RepliesAsync(stop.Id));
        Assert.Equal(InboxState.Cancelled, (await gateway.EndAsync(id)).State);
        Assert.Single(models.Asked);
    }

    [Fact]
    public async Task New_begins_the_memory_afresh()
    {
        var models = new ScriptedModels(ScriptedModels.Says("Fine."));
        await using var gateway = await Gateway.StartAsync(models: models);
        await gateway.AskAsync("my secret plan");
        await gateway.AskAsync("/new");
        await gateway.AskAsync("hello");
        Assert.DoesNotContain(models.Asked.Last().Messages, m => m.Text.Contains("my secret plan", StringComparison.Ordinal) || m.Text.Contains("Fine.", StringComparison.Ordinal));
        Assert.Equal(ChatRole.User, models.Asked.Last().Messages[^1].Role);
    }

    // Its run ends only when it is stopped.
    private static ScriptedInvoker Endless(Func<InvocationRequest, Risk> risk)
    {
        var gate = new ScriptedInvoker { RiskOf = risk };
        gate.Tools["run"] = async (_, _, stopped) =>
        {
            await Task.Delay(Timeout.Infinite, stopped);
            throw new UnreachableException();
        };
        return gate;
    }
}
