using System.Globalization;
using System.Text.Json;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Http;
using ChatOps.Testing.Models;

namespace ChatOps.EndToEnd.Agent;

/// <summary>kill -9 in the middle of a plan: finished steps never run again, what is certain not to have begun goes on, what nobody knows is said and not repeated.</summary>
public sealed class PlanKillTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<StoreMode, string, bool> Deaths => new()
    {
        { StoreMode.Embedded, "plan.step:1", true }, { StoreMode.Embedded, "plan.step:2", true }, { StoreMode.Embedded, "plan.checked:1", true }, { StoreMode.Embedded, "gate.started:1", true },
        { StoreMode.Embedded, "gate.intent:2", false }, { StoreMode.Embedded, "gate.ran:2", false }, { StoreMode.Embedded, "gate.outcome:2", false },
        { StoreMode.Distributed, "plan.step:2", true }, { StoreMode.Distributed, "plan.checked:1", true },
    };

    /// <summary>Where it kills; on a server only what a plan alone passes.</summary>
    public static IEnumerable<string> Killed(StoreMode mode) => Deaths.Where(d => d.Data.Item1 == mode).Select(d => d.Data.Item2.Split(':')[0]);

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_plan_whose_gateway_dies_goes_on_after_the_restart_and_repeats_nothing(StoreMode mode, string crashAt, bool certain)
    {
        await ServerStore.UseAsync(mode, folder.In("data"));
        const string Answer = "The plan came to its end.";
        var log = folder.In("runs");
        var plan = JsonSerializer.Serialize(new { goal = "write three lines", steps = Enumerable.Range(1, 3).Select(n => Call(string.Create(CultureInfo.InvariantCulture, $"echo line-{n} >> {log}"))), check = Call($"ls {log}") });
        IReadOnlyList<string> told = [];
        await using var model = await ModelServer.StartAsync();
        model.Otherwise = asked =>
        {
            var (_, results) = ModelGateway.Turn(asked);
            told = results;
            return results.Count == 0 ? ModelReply.Call("propose_plan", plan) : ModelReply.Say(Answer);
        };
        var data = folder.In("data");
        await using (var gateway = await ModelGateway.StartAsync(model, data, crashAt))
        {
            using var chat = await Chat.OpenAsync(gateway, "ops");
            await chat.SayToTheDyingAsync("write three lines");
            Assert.True(await ModelGateway.EndsAsync(gateway, chat, Answer), $"It did not die at {crashAt}.");
        }

        await using var next = await ModelGateway.StartAsync(model, data);
        using var again = await Chat.OpenAsync(next, "ops");
        Assert.False(await ModelGateway.EndsAsync(next, again, Answer));

        var lines = File.Exists(log) ? await File.ReadAllLinesAsync(log) : [];
        Assert.Equal(lines.Distinct(), lines);
        var result = string.Join('\n', told);
        if (certain || lines.Length == 3 && !result.Contains("not known", StringComparison.Ordinal))
        {
            Assert.Equal(["line-1", "line-2", "line-3"], lines);
            Assert.Contains("All 3 steps are done. Verified", result, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("Whether it finished is not known", result, StringComparison.Ordinal);
            Assert.Contains("Not started:", result, StringComparison.Ordinal);
        }

        Assert.Empty(model.Violations);
    }

    private static object Call(string commandLine) => new { tool = "run", arguments = new { command_line = commandLine, on = "local" } };
}
