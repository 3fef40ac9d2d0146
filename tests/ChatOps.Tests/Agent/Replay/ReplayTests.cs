using ChatOps.Identity;
using ChatOps.Models;
using ChatOps.Policy;
using ChatOps.Tests.Agent.Fakes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Agent.Replay;

/// <summary>A recorded conversation run again: nothing is executed, and what differs is said.</summary>
public sealed class ReplayTests
{
    private static readonly object OnLocal = new { command_line = "uptime", on = "local" };

    /// <summary>What the recorded model does, and what another one does.</summary>
    private static ScriptedModels Models(params ChatMessage[] other) => new((request, _, _) =>
    {
        var last = request.Messages.ToList().FindLastIndex(m => m.Role == ChatRole.User);
        var said = request.Messages.Skip(last + 1).Count(m => m.Role == ChatRole.Assistant);
        ChatMessage[] script = request.Model == "other" ? other : [ScriptedModels.Calls("Let me look.", ("run", OnLocal)), ScriptedModels.Says("All is well.")];
        return Task.FromResult(script[Math.Min(said, script.Length - 1)]);
    });

    private static async Task<ReplayReport> ReplayAsync(Gateway gateway, string? model, string? policy = null, int turns = 20)
    {
        var ran = gateway.Gate.Ran.Count;
        var report = await gateway.Services.GetRequiredService<IReplays>().RunAsync(
            new ReplayRequest("test/ops", model, policy, turns), new Principal("li", "Li", [], []), TestContext.Current.CancellationToken);
        Assert.Equal(ran, gateway.Gate.Ran.Count);
        return report;
    }

    private static Task<Gateway> StartAsync(ScriptedModels models)
    {
        var gate = new ScriptedInvoker();
        gate.Tools["run"] = (request, _, _) => Task.FromResult(ScriptedInvoker.Done(request, "load is 42"));
        return Gateway.StartAsync(gate, models: models);
    }

    [Fact]
    public async Task A_model_that_does_the_same_gets_the_recorded_results_and_nothing_differs()
    {
        var models = Models(ScriptedModels.Calls("I look first.", ("run", new { on = "local", command_line = "uptime" })), ScriptedModels.Says("All is well."));
        await using var gateway = await StartAsync(models);
        await gateway.AskAsync("how are we?");
        var report = await ReplayAsync(gateway, "other");
        var turn = Assert.Single(report.Turns);
        Assert.True(turn.IsSame, Tools.Json.Write(turn));
        Assert.Equal(("how are we?", "All is well.", "All is well."), (turn.Asked, turn.AnswerBefore, turn.AnswerNow));
        Assert.Equal([(ReplayVerdict.Runs, true)], turn.Now.Select(c => (c.Verdict, c.Recorded)));
        Assert.Contains("load is 42", ScriptedModels.Results(models.Asked.Last())[^1], StringComparison.Ordinal);
        Assert.Equal("li", models.Asked.Last().Payer.Principal);
    }

    [Fact]
    public async Task A_call_that_was_not_made_is_answered_as_not_recorded_and_every_difference_is_told()
    {
        var models = Models(ScriptedModels.Calls("", ("run", new { command_line = "reboot", on = "local" }), ("no_such_tool", new { })), ScriptedModels.Says("I could not look."));
        await using var gateway = await StartAsync(models);
        gateway.Gate.Asks = r => r.Arguments.GetValueOrDefault("command_line") == "reboot";
        await gateway.AskAsync("how are we?");
        var turn = Assert.Single((await ReplayAsync(gateway, "other")).Turns);
        Assert.Equal((false, false, false), (turn.SameCalls, turn.SameVerdicts, turn.SameAnswer));
        Assert.Equal([(ReplayVerdict.Asks, false), (ReplayVerdict.Refused, false)], turn.Now.Select(c => (c.Verdict, c.Recorded)));
        Assert.All(ScriptedModels.Results(models.Asked.Last()), r => Assert.Contains("not recorded", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Against_another_policy_alone_no_model_is_asked_and_the_recorded_calls_are_judged_again()
    {
        var models = Models();
        await using var gateway = await StartAsync(models);
        await gateway.AskAsync("how are we?");
        var asked = models.Asked.Count;
        var rules = (OtherRules)gateway.Services.GetRequiredService<IPolicyTrial>();
        gateway.Gate.Asks = _ => rules.Tried == "stricter";
        Assert.True(Assert.Single((await ReplayAsync(gateway, null)).Turns).IsSame);
        var turn = Assert.Single((await ReplayAsync(gateway, null, "stricter")).Turns);
        Assert.Equal((true, false, true), (turn.SameCalls, turn.SameVerdicts, turn.SameAnswer));
        Assert.Equal(asked, models.Asked.Count);
        Assert.Contains("it is empty", (await ReplayAsync(gateway, null, "")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_turns_are_replayed_each_behind_what_was_recorded_and_commands_are_none()
    {
        var models = Models(ScriptedModels.Says("Something else."));
        await using var gateway = await StartAsync(models);
        foreach (var text in (string[])["one", "/status", "two", "three"]) await gateway.AskAsync(text);
        var report = await ReplayAsync(gateway, "other", turns: 2);
        Assert.Equal(["two", "three"], report.Turns.Select(t => t.Asked));
        var told = models.Asked.Last().Messages.Select(m => m.Text).ToList();
        Assert.Contains("All is well.", told);
        Assert.DoesNotContain("Something else.", told);
        Assert.Contains("no turn that a model led", (await gateway.Services.GetRequiredService<IReplays>().RunAsync(
            new ReplayRequest("test/none", null, null, 5), new Principal("li", "Li", [], []), TestContext.Current.CancellationToken)).Problem, StringComparison.Ordinal);
    }
}
