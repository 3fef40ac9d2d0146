using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Configuration;
using ChatOps.Host;
using ChatOps.Testing;
using ChatOps.Testing.Schemas;

namespace ChatOps.Tests.Host;

public sealed class ModelSettingsTests : IDisposable
{
    private const string Sound = """
        {
          "Models": [
            { "Name": "main", "Provider": "openai", "Model": "gpt-5-mini", "ApiKey": "${env:KEY}", "Temperature": 0.2, "MaxTokens": 2048, "Prices": { "Input": 0.25, "Output": 2 } },
            { "Name": "main", "Provider": "azure", "Model": "prod-mini", "BaseUrl": "https://acme.openai.azure.com/openai/v1", "Prices": { "Input": 0.25, "Output": 2 } },
            { "Name": "local", "Provider": "ollama", "Model": "llama3.3", "Timeout": "2m" }
          ],
          "Agent": { "Model": "main", "FallbackModels": ["local"], "MaxSteps": 12, "Budgets": { "Person": 5, "Day": 50.5 } }
        }
        """;

    private readonly TempDirectory directory = new();

    [Fact]
    public void Models_are_read_in_their_order_with_everything_that_was_written()
    {
        var options = Load([Write("a.json", Sound)]).Options;
        Assert.Equal(["main", "main", "local"], options.Models.Endpoints.Select(e => e.Name));
        Assert.Equal((0.2m, 2048, 0.25m, 2m), (options.Models.Endpoints[0].Temperature, options.Models.Endpoints[0].MaxTokens, options.Models.Endpoints[0].Prices.Input, options.Models.Endpoints[0].Prices.Output));
        Assert.Equal("${env:KEY}", options.Models.Endpoints[0].ApiKey);
        Assert.Equal(TimeSpan.FromMinutes(2), options.Models.Endpoints[2].Timeout);
        Assert.Equal(("main", 12, 5m, 50.5m), (options.Models.Default, options.Agent.MaxSteps, options.Models.Budgets.Person, options.Models.Budgets.Day));
        Assert.Equal(["local"], options.Models.Fallbacks);
        Assert.Empty(SchemaCheck.Load(RepositoryFiles.Of("appsettings.schema.json")).Of(JsonNode.Parse(Sound)));
    }

    [Fact]
    public void A_later_file_replaces_the_list_and_the_environment_changes_single_entries()
    {
        var second = Write("b.json", """{ "Models": [ { "Name": "other", "Provider": "vllm", "Model": "qwen" } ], "Agent": { "Model": "other", "FallbackModels": [], "Budgets": { "Person": 1 } } }""");
        var loaded = Load([Write("a.json", Sound), second], ("Models:0:MaxTokens", "512"), ("Models:1:Name", "spare"), ("Models:1:Provider", "ollama"), ("Models:1:Model", "phi"));
        Assert.Equal(["other", "spare"], loaded.Options.Models.Endpoints.Select(e => e.Name));
        Assert.Equal(512, loaded.Options.Models.Endpoints[0].MaxTokens);
        Assert.Equal(("512", "environment"), loaded.Effective.Where(e => e.Setting.Key == "Models:0:MaxTokens").Select(e => (e.Value!, e.Source)).Single());
        Assert.DoesNotContain(loaded.Effective, e => e.Setting.Key.StartsWith("Models:2:", StringComparison.Ordinal));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_with_the_nearest_names()
    {
        var file = Write("a.json", """
            {
              "Models": [
                { "Name": "main", "Provider": "openia", "Model": "x" },
                { "Name": "two", "Provider": "openai", "Modle": "y", "ApiKey": "${env:KEY}" },
                { "Name": "three", "Provider": "anthropic", "Model": "z", "Temperature": 3, "MaxTokens": "many" },
                { "Name": "four", "Provider": "groq", "Model": "z", "ApiKey": "${env:KEY}", "BaseUrl": "http://models.example.com/v1" },
                {}
              ],
              "Agent": { "Model": "mian", "Budgets": { "Person": 1 } }
            }
            """);
        var problems = Problems([file]);
        Assert.Contains(problems, p => p is { Key: "Models:0:Provider", Line: 3, Nearest: "openai" });
        Assert.Contains(problems, p => p is { Key: "Models:1:Modle", Line: 4, Nearest: "Models:1:Model" });
        Assert.Contains(problems, p => p.Key == "Models:1:Model");
        Assert.Contains(problems, p => p is { Key: "Models:2:Temperature", Line: 5 });
        Assert.Contains(problems, p => p is { Key: "Models:2:MaxTokens", Line: 5 });
        Assert.Contains(problems, p => p.Key == "Models:2:ApiKey" && p.Reason.Contains("${env:ANTHROPIC_API_KEY}", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Key == "Models:3:BaseUrl" && p.Reason.Contains("unencrypted", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Key == "Models:3:Prices" && p.Reason.Contains("no price", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Key == "Models:4:Name");
        Assert.Contains(problems, p => p is { Key: "Agent:Model", Nearest: "main" });
    }

    [Theory]
    [InlineData("""{ "Models": [ "main" ] }""")]
    [InlineData("""{ "Models": [ { "Name": "main", "Provider": "nobody", "Model": "x" } ] }""")]
    [InlineData("""{ "Models": [ { "Name": "main", "Provider": "ollama", "Model": "x", "MaxTokens": 1 } ] }""")]
    [InlineData("""{ "Models": [ { "Name": "main", "Provider": "ollama", "Model": "x", "Colour": "blue" } ] }""")]
    [InlineData("""{ "Agent": { "Budgets": { "Person": -1 } } }""")]
    public void What_the_loader_refuses_the_schema_refuses(string json)
    {
        Assert.NotEmpty(Problems([Write("a.json", json)]));
        Assert.NotEmpty(SchemaCheck.Load(RepositoryFiles.Of("appsettings.schema.json")).Of(JsonNode.Parse(json)));
    }

    public void Dispose() => directory.Dispose();

    private string Write(string name, string text)
    {
        var path = Path.Combine(directory.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static LoadedSettings Load(IReadOnlyList<string> files, params (string Key, string Value)[] environment) =>
        new SettingsLoader(t => (t, null)).Load(files, [.. environment.Select(e => new SettingValue(e.Key, JsonValueKind.Undefined, e.Value, "environment", 0))]);

    private static IReadOnlyList<ConfigurationProblem> Problems(IReadOnlyList<string> files) => Assert.Throws<ConfigurationProblemsException>(() => Load(files)).Problems;
}
