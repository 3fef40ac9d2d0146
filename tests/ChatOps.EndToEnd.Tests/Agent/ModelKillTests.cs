using System.Globalization;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Http;
using ChatOps.Testing.Models;

namespace ChatOps.EndToEnd.Agent;

/// <summary>kill -9 at every step of a model's turn: no tool runs twice, and every person gets one answer. CHATOPS_CRASH_KILLS sets how often; the default passes each point.</summary>
public sealed class ModelKillTests : IDisposable
{
    private static readonly (string Point, int Occurrences)[] Points =
    [
        ("turn.started", 2), ("turn.modelled", 3), ("turn.called", 2), ("gate.waiting", 1), ("gate.approved", 1), ("gate.intent", 1), ("gate.started", 1), ("gate.ran", 2), ("gate.outcome", 2), ("turn.answered", 1),
    ];

    private static readonly (string Point, int Occurrences)[] OfModels = [("turn.modelled", 1), ("turn.called", 1)];

    private readonly TempFolder folder = new();

    /// <summary>Where it kills; on a server only what a model alone passes.</summary>
    public static IEnumerable<string> Killed(StoreMode mode) => (mode == StoreMode.Embedded ? Points : OfModels).Select(p => p.Point);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(StoreMode.Embedded)]
    [InlineData(StoreMode.Distributed)]
    public async Task Whenever_the_gateway_dies_in_a_models_turn_nothing_runs_twice_and_one_answer_comes(StoreMode mode)
    {
        await ServerStore.UseAsync(mode, folder.In("data"));
        var each = (mode == StoreMode.Embedded ? Points : OfModels).SelectMany(p => Enumerable.Range(1, p.Occurrences).Select(n => string.Create(CultureInfo.InvariantCulture, $"{p.Point}:{n}"))).ToList();
        var wanted = int.TryParse(Environment.GetEnvironmentVariable("CHATOPS_CRASH_KILLS"), CultureInfo.InvariantCulture, out var kills) ? Math.Max(each.Count, kills) : each.Count;
        await using var model = await ModelServer.StartAsync();
        model.Otherwise = Answer;
        var deaths = 0;
        for (var i = 0; i < wanted; i++) deaths += await TurnAsync(model, each[i % each.Count], i) ? 1 : 0;

        Assert.Empty(model.Violations);
        Assert.Equal(wanted, deaths);
    }

    // Reads, then changes, then says how the change ended.
    private ModelReply Answer(ModelAsked asked)
    {
        var (text, results) = ModelGateway.Turn(asked);
        var number = text[(text.LastIndexOf("job ", StringComparison.Ordinal) + 4)..].TrimEnd('"', ']', '}', '\\', 'n').Split('<', '\\', ' ', '"')[0];
        return results.Count switch
        {
            0 => ModelReply.Call("run", Arguments("cat /proc/uptime")),
            1 => ModelReply.Call("run", Arguments($"echo {number} >> {folder.In("runs")}")),
            _ => ModelReply.Say($"Job {number} came to its end."),
        };
    }

    private async Task<bool> TurnAsync(ModelServer model, string crashAt, int number)
    {
        var data = folder.In("data");
        var answer = string.Create(CultureInfo.InvariantCulture, $"Job {number} came to its end.");
        var died = false;
        await using (var gateway = await ModelGateway.StartAsync(model, data, crashAt))
        {
            using var chat = await Chat.OpenAsync(gateway, "ops");
            await chat.SayToTheDyingAsync(string.Create(CultureInfo.InvariantCulture, $"do job {number}"));
            died = await ModelGateway.EndsAsync(gateway, chat, answer);
            if (!died) return false;
        }

        await using var next = await ModelGateway.StartAsync(model, data);
        using var again = await Chat.OpenAsync(next, "ops");
        Assert.False(await ModelGateway.EndsAsync(next, again, answer));
        var lines = File.Exists(folder.In("runs")) ? await File.ReadAllLinesAsync(folder.In("runs")) : [];
        Assert.True(lines.Count(l => l == number.ToString(CultureInfo.InvariantCulture)) <= 1, $"{crashAt}: job {number} ran twice.");
        var messages = again.Heard.Split('\n').Where(l => l.Contains(answer, StringComparison.Ordinal)).Select(l => (string?)JsonNode.Parse(l)!["id"]).Distinct().Count();
        Assert.True(messages == 1, $"{crashAt}: {messages} answers to job {number}.\n{again.Heard}");
        return true;
    }

    private static string Arguments(string commandLine) => new JsonObject { ["command_line"] = commandLine, ["on"] = "local" }.ToJsonString();
}
