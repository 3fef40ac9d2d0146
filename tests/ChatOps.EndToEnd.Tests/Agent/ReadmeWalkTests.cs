using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Models;

namespace ChatOps.EndToEnd.Agent;

/// <summary>README's walk "Ask in plain words", as it is written, with a model on this machine behind the very configuration that README gives.</summary>
public sealed class ReadmeWalkTests
{
    [Fact]
    public async Task The_walk_of_the_readme_holds_with_nothing_but_a_model()
    {
        await using var model = await ModelServer.StartAsync(
            ModelReply.Call("run", Arguments("uptime"), "I look with uptime."),
            ModelReply.Say("The load is what uptime says above."),
            ModelReply.Call("run", Arguments("touch /var/tmp/made-by-words"), "I make the file."),
            ModelReply.Say("The file was made."));
        var said = await Walk.RunAsync("with-a-model.sh", TestContext.Current.CancellationToken, new Dictionary<string, string> { ["OPENAI_API_KEY"] = model.Key, ["CHATOPS__Models__0__BaseUrl"] = model.OpenAiUrl });
        Assert.Contains("\"Ask in plain words\" holds", said, StringComparison.Ordinal);
        Assert.Equal(4, model.Requests.Count);
        Assert.Empty(model.Violations);
    }

    private static string Arguments(string commandLine) => new JsonObject { ["command_line"] = commandLine, ["on"] = "local" }.ToJsonString();
}
