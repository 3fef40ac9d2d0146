using ChatOps.Agent;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tools;
using Microsoft.Extensions.AI;

namespace ChatOps.Tests.Agent.Turns.Loop;

/// <summary>A turn that a model leads ends at its bounds, with what was found, and says which one it was.</summary>
public sealed class TurnBoundTests
{
    private static ScriptedModels Endless(Func<int, object>? arguments = null) => new((request, _, _) =>
    {
        var said = request.Messages.Count(m => m.Role == ChatRole.Assistant);
        return Task.FromResult(ScriptedModels.Calls($"Step {said + 1}.", ("run", arguments?.Invoke(said) ?? new { command_line = $"echo {said}", on = "local" })));
    });

    [Fact]
    public async Task A_loop_without_end_stops_at_the_bound_of_steps() =>
        await EndsAsync(Endless(), o => o.MaxSteps = 4, 4, "The turn ended at its bound of 4 steps (Agent:MaxSteps). Nothing was changed. 4 reading calls before that.");

    [Fact]
    public async Task A_turn_that_costs_too_much_stops_at_the_bound_of_tokens() =>
        await EndsAsync(Endless(), o => o.MaxTurnTokens = 1000, 10, "1000 tokens (MaxTurnTokens)");

    [Fact]
    public async Task The_same_call_again_and_again_is_not_made_and_ends_the_turn()
    {
        var models = Endless(_ => new { command_line = "uptime", on = "local" });
        var gateway = await EndsAsync(models, o => o.MaxSameCalls = 2, 4, "the same call 4 times (MaxSameCalls)");
        Assert.Equal(2, gateway.Gate.Ran.Count);
        Assert.Contains("exactly this was called 2 times in this turn already", ScriptedModels.Results(models.Asked.Last())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turn_that_takes_too_long_stops_at_the_bound_of_time_also_in_the_middle_of_a_message()
    {
        var models = new ScriptedModels(async (_, _, stopped) =>
        {
            await Task.Delay(Timeout.Infinite, stopped);
            throw new System.Diagnostics.UnreachableException();
        });
        await EndsAsync(models, o => o.MaxTurnTime = TimeSpan.FromMilliseconds(200), 1, "(MaxTurnTime). Nothing was called.");
    }

    [Fact]
    public async Task More_calls_in_one_message_than_allowed_are_not_made()
    {
        var models = new ScriptedModels(
            ScriptedModels.Calls("", [.. Enumerable.Range(0, 5).Select(i => ("run", (object)new { command_line = $"echo {i}", on = "local" }))]), ScriptedModels.Says("ok"));
        await using var gateway = await Gateway.StartAsync(models: models, change: o => o.MaxCallsPerStep = 3);
        await gateway.AskAsync("go");
        Assert.Equal(3, gateway.Gate.Ran.Count);
        Assert.All(ScriptedModels.Results(models.Asked.Last()).Skip(3), r => Assert.Contains("MaxCallsPerStep", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_large_result_is_given_as_head_and_tail_and_the_whole_is_kept()
    {
        var whole = string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"line {i}"));
        var gate = new ScriptedInvoker();
        gate.Tools["run"] = (request, _, _) => Task.FromResult(new InvocationOutcome(
            request.Id, InvocationStatus.Done, "exit 0", new ToolResult(InvocationStatus.Done, "exit 0", new RichMessage([new CodeBlock(whole, "local")]), "{}")));
        var models = new ScriptedModels(ScriptedModels.Calls("", ("run", new { command_line = "seq", on = "local" })), ScriptedModels.Says("long"));
        await using var gateway = await Gateway.StartAsync(gate, models: models, change: o => o.MaxResultCharacters = 3000);

        var item = await gateway.AskAsync("go");

        var given = ScriptedModels.Results(models.Asked.Last()).Single();
        Assert.InRange(given.Length, 2500, 4000);
        Assert.Contains("line 0\n", given, StringComparison.Ordinal);
        Assert.Contains("line 19999", given, StringComparison.Ordinal);
        Assert.Contains($"call result_search with the id {item.Id}-2", given, StringComparison.Ordinal);
        await using var kept = new KeptOutputs(gateway.Directory).Open($"{item.Id}-2")!;
        Assert.True(kept.Length > whole.Length);
    }

    private static async Task<Gateway> EndsAsync(ScriptedModels models, Action<AgentOptions> change, int steps, string says)
    {
        await using var gateway = await Gateway.StartAsync(new ScriptedInvoker { RiskOf = _ => Risk.Read }, models: models, change: change);
        var item = await gateway.AskAsync("go");
        Assert.Equal((InboxState.Done, "ended at a bound"), (item.State, item.Outcome));
        Assert.Contains(says, Assert.Single(await gateway.RepliesAsync(item.Id)), StringComparison.Ordinal);
        Assert.Equal(steps, models.Asked.Count);
        return gateway;
    }
}
