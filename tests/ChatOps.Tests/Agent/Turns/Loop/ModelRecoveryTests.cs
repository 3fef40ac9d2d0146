using ChatOps.Agent.Turns.Loop;
using ChatOps.Agent.Turns.Steps;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;

namespace ChatOps.Tests.Agent.Turns.Loop;

/// <summary>A turn that broke off goes on behind the last stored step, wherever that was.</summary>
public sealed class ModelRecoveryTests
{
    private static readonly object OnLocal = new { command_line = "uptime", on = "local" };

    [Fact]
    public async Task A_step_that_breaks_off_is_begun_again_alone_and_finished_tools_are_not_run_again()
    {
        var broke = 0;
        var models = new ScriptedModels((request, _, _) => ScriptedModels.Results(request).Count switch
        {
            0 => Task.FromResult(ScriptedModels.Calls("", ("run", OnLocal))),
            _ when Interlocked.Increment(ref broke) <= 3 => throw new InvalidOperationException("broken"),
            _ => Task.FromResult(ScriptedModels.Says("It is up.")),
        });
        await using var gateway = await Gateway.StartAsync(models: models, change: o => o.MaxAttempts = 5);

        var item = await gateway.AskAsync("how is it?");

        Assert.Equal((InboxState.Done, "answered"), (item.State, item.Outcome));
        Assert.Equal(["It is up."], await gateway.RepliesAsync(item.Id));
        Assert.Single(gateway.Gate.Ran);
    }

    [Fact]
    public async Task Progress_counts_attempts_anew_so_a_long_turn_survives_more_breaks_than_one_step_may_have()
    {
        var seen = new HashSet<int>();
        var models = new ScriptedModels((request, _, _) =>
        {
            var results = ScriptedModels.Results(request).Count;
            if (seen.Add(results)) throw new InvalidOperationException("broken once at every step");
            return Task.FromResult(results < 6 ? ScriptedModels.Calls("", ("run", new { command_line = $"echo {results}", on = "local" })) : ScriptedModels.Says("It is up."));
        });
        await using var gateway = await Gateway.StartAsync(models: models, change: o => o.MaxAttempts = 3);

        var item = await gateway.AskAsync("how is it?");

        Assert.Equal(InboxState.Done, item.State);
        Assert.Equal(6, gateway.Gate.Ran.Count);
    }

    [Fact]
    public async Task Another_process_goes_on_with_the_recorded_results_and_makes_only_the_calls_that_have_none()
    {
        var directory = Directory.CreateTempSubdirectory("chatops-agent-").FullName;
        try
        {
            var models = new ScriptedModels(ScriptedModels.Says("Both looked at."));
            string id;
            await using (var first = await Gateway.StartAsync(directory: directory, models: models, start: false))
            {
                id = await first.SayAsync("look");
                await first.WriteAsync(s =>
                {
                    s.TurnSteps.Add(StepText.Write(id, 1, new ModelStepData("", [new("a", "status", "{}", null), new("b", "nodes", "{}", null)], "m", "m", 1, 1, null), DateTimeOffset.UnixEpoch));
                    s.TurnSteps.Add(StepText.Write(id, 2, new ToolStepData("a", "status", "recorded result"), DateTimeOffset.UnixEpoch));
                });
            }

            await using var second = await Gateway.StartAsync(directory: directory, models: models);
            Assert.Equal(InboxState.Done, (await second.EndAsync(id)).State);
            Assert.Equal([(id + "-3", "nodes")], second.Gate.Ran.Select(r => (r.Id, r.Tool)));
            Assert.Equal("recorded result", ScriptedModels.Results(models.Asked.Single())[0]);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_step_without_the_lease_is_not_stored()
    {
        await using var gateway = await Gateway.StartAsync(start: false);
        var id = await gateway.SayAsync("look");
        var turn = new ChatOps.Agent.Turns.Turn((await gateway.ReadAsync(s => s.Inbox.Find(id)))!, new("test", "ops"), Token: 77);
        var store = (ChatOps.Agent.Turns.TurnStore)gateway.Services.GetService(typeof(ChatOps.Agent.Turns.TurnStore))!;
        await Assert.ThrowsAsync<LeaseLostException>(() => new StepLog(store, turn, [], TimeProvider.System).AddAsync(new ModelStepData("x", [], "m", "m", 1, 1, null), null));
        Assert.False(await gateway.ReadAsync(s => s.TurnSteps.Any(id)));
    }
}
