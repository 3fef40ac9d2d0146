using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Http;
using ChatOps.Testing.Models;

namespace ChatOps.EndToEnd.Agent;

/// <summary>kill -9 of a gateway in which a turn lies still because its budget is used up.</summary>
public sealed class BudgetKillTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("turn.modelled:1")]
    [InlineData("turn.called:1")]
    [InlineData("turn.answered:1")]
    public async Task It_is_still_parked_afterwards_and_goes_on_behind_its_last_step_when_the_budget_is_raised(string? crashAt)
    {
        // The first step costs 4 of 5 cents; the most that the second could cost is more than what is left.
        await using var model = await ModelServer.StartAsync();
        model.Otherwise = asked => ModelGateway.Turn(asked).Results.Count == 0
            ? ModelReply.Call("run", new JsonObject { ["command_line"] = "cat /proc/uptime", ["on"] = "local" }.ToJsonString()) with { InputTokens = 40_000 }
            : ModelReply.Say("It is up.");
        var budget = new Dictionary<string, string> { ["CHATOPS__Models__0__Prices__Input"] = "1", ["CHATOPS__Models__0__Prices__Output"] = "5", ["CHATOPS__Agent__Budgets__Person"] = "0.05" };
        await using (var gateway = await ModelGateway.StartAsync(model, folder.Data, crashAt, budget))
        {
            using var chat = await Chat.OpenAsync(gateway, "ops");
            await chat.SayToTheDyingAsync("How long is it up?");
            if (crashAt is null) await chat.HearsAsync("is used up for today");
            else await gateway.WaitForExitAsync(Until.Limit);
            if (crashAt is null) gateway.Kill();
            await gateway.WaitForExitAsync(Until.Limit);
        }

        await using var next = await ModelGateway.StartAsync(model, folder.Data, more: budget);
        using var again = await Chat.OpenAsync(next, "ops");
        JsonNode? turns = null;
        await Until.TrueAsync(async () => LiesStill(turns = await TurnsAsync(next)), () => $"{turns?.ToJsonString()}\n{again.Heard}\n{next.Log}");
        Assert.Single(model.Requests);
        Assert.DoesNotContain("It is up.", again.Heard, StringComparison.Ordinal);
        var raised = await next.CallApprovedAsync("cost_raise", new { budget = "person", of = "owner", by = 1 });

        Assert.Equal("done", (string?)raised["status"]);
        await again.HearsAsync("It is up.");
        var runs = (await next.CallAsync("audit_list", new { tool = "run", limit = 50 }))["result"]!.AsArray().Count(r => (string?)r!["kind"] == "intent");
        Assert.Equal(1, runs);
        Assert.Empty(model.Violations);
    }

    private static async Task<JsonNode> TurnsAsync(GatewayProcess gateway) =>
        (await gateway.CallAsync("status", new { }))["result"]!["parts"]!.AsArray().Single(p => (string)p!["name"]! == "turns")!;

    private static bool LiesStill(JsonNode turns) => (string?)turns["facts"]!["running"] == "0" && (string?)turns["facts"]!["open"] == "0";
}
