using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Http;
using ChatOps.Testing.Models;

namespace ChatOps.EndToEnd.Agent;

/// <summary>How a model upgrade, or a stricter policy, is tried before it is used.</summary>
public sealed partial class ReplayCommandTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_recorded_conversation_is_run_against_another_model_and_another_policy_and_the_exit_code_says_whether_it_differs()
    {
        await using var model = await ModelServer.StartAsync();
        model.Otherwise = asked =>
        {
            var (_, results) = ModelGateway.Turn(asked);
            var line = asked.Model == "careless" ? $"touch {folder.In("made")}" : "echo load is 42";
            return results.Count == 0 ? ModelReply.Call("run", new JsonObject { ["command_line"] = line, ["on"] = "local" }.ToJsonString()) : ModelReply.Say("The load is 42.");
        };
        var more = new Dictionary<string, string>();
        foreach (var (i, name) in new[] { (1, "same"), (2, "careless") })
        {
            (more[$"CHATOPS__Models__{i}__Name"], more[$"CHATOPS__Models__{i}__Provider"], more[$"CHATOPS__Models__{i}__Model"]) = (name, "openai", name);
            (more[$"CHATOPS__Models__{i}__BaseUrl"], more[$"CHATOPS__Models__{i}__ApiKey"]) = (model.OpenAiUrl, model.Key);
        }

        more["CHATOPS__Agent__Model"] = "main";
        var data = folder.In("data");
        await using var gateway = await ModelGateway.StartAsync(model, data, more: more);
        using var chat = await Chat.OpenAsync(gateway, "ops");
        await chat.SayAsync("Why is it slow?");
        await chat.HearsAsync("The load is 42.");
        var conversation = Conversation().Match((await gateway.CallAsync("audit_list", new { limit = 50 }))["result"]!.ToJsonString()).Value;
        var commands = new Commands(data, data + "-workspace");

        var same = await commands.RunAsync("replay", conversation, "--model", "same");
        Assert.True(same.ExitCode == 0, same.ToString());
        Assert.Contains("1 the same, 0 differ", same.Output, StringComparison.Ordinal);

        var other = await commands.RunAsync("replay", conversation, "--model", "careless", "--json");
        Assert.Equal(1, other.ExitCode);
        var turn = JsonNode.Parse(other.Output)!["result"]!["turns"]![0]!;
        Assert.Equal("asks", (string)turn["now"]!["calls"]![0]!["verdict"]!);
        Assert.False((bool)turn["now"]!["calls"]![0]!["hasResult"]!);
        Assert.False(File.Exists(folder.In("made")));

        var policy = folder.In("stricter.yaml");
        await File.WriteAllTextAsync(policy, "raise:\n- command: echo\n  risk: change\n");
        var judged = await commands.RunAsync("replay", conversation, "--policy", policy);
        Assert.Equal(1, judged.ExitCode);
        Assert.Contains("judged otherwise", judged.Output, StringComparison.Ordinal);
        Assert.Equal("read", (string)(await gateway.CallAsync("policy_explain", new { command_line = "echo hi" }))["result"]!["risk"]!);
        Assert.Empty(model.Violations);
    }

    [GeneratedRegex("web/[^\"\\\\]+")]
    private static partial Regex Conversation();
}
