using System.Text.Json.Nodes;
using ChatOps.Configuration;
using ChatOps.Host;
using ChatOps.Testing;

namespace ChatOps.Tests.Host;

/// <summary>Settings held against the schema of another release.</summary>
public sealed class ReleaseSchemaTests : IDisposable
{
    private readonly TempDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_shipped_settings_fit_the_schema_of_their_own_release()
    {
        var problems = new List<ConfigurationProblem>();
        var written = SettingsFile.Read(ChatOps.Testing.Schemas.RepositoryFiles.Of("appsettings.json"), problems);

        Assert.Empty(ReleaseSchema.Read(ChatOps.Testing.Schemas.RepositoryFiles.Of("appsettings.schema.json")).ProblemsOf(written));
        Assert.Empty(ReleaseSchema.Own().OtherDefaults(written));
        Assert.Contains("at least", Assert.Single(ReleaseSchema.Own().ProblemsOf(Written("""{ "Logging": { "KeepFiles": 0 } }"""))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_gone_what_was_never_known_and_what_is_newly_required_is_named_with_its_place()
    {
        var schema = Changed(root =>
        {
            Section(root, "Approvals").Remove("Expiry");
            Section(root, "Gateway")["Zone"] = new JsonObject { ["type"] = "string" };
            root["properties"]!["Gateway"]!["required"] = new JsonArray("Zone");
        });
        var problems = schema.ProblemsOf(Written("""
            {
              "Gateway": { "Urls": "http://127.0.0.1:1" },
              "Approvals": { "Expiry": "15m" },
              "Aprovals": { "Expiry": "15m" }
            }
            """));

        Assert.Equal(["Approvals:Expiry", "Aprovals", "Gateway:Zone"], problems.Select(p => p.Key));
        Assert.Equal([3, 4, 0], problems.Select(p => p.Line));
        Assert.Contains("is gone there", problems[0].Reason, StringComparison.Ordinal);
        Assert.Contains("is not known there", problems[1].Reason, StringComparison.Ordinal);
        Assert.Contains("is required there", problems[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_the_other_release_refuses_is_named_and_a_new_key_of_it_is_none()
    {
        var schema = Changed(root =>
        {
            Section(root, "Logging")["Level"]!["enum"] = new JsonArray("Quiet");
            Section(root, "Logging")["KeepFiles"]!["maximum"] = 3;
            Section(root, "Gateway")["Zone"] = new JsonObject { ["type"] = "string" };
        });
        var problems = schema.ProblemsOf(Written("""{ "Logging": { "Level": "Debug", "KeepFiles": 9 }, "Gateway": { "Zone": "a" }, "Fleet": { "LocalNode": { "Labels": { "a": "b" } } } }"""));

        Assert.Equal(["Logging:Level", "Logging:KeepFiles"], problems.Select(p => p.Key));
        Assert.Contains("only Quiet", problems[0].Reason, StringComparison.Ordinal);
        Assert.Contains("3 at most", problems[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_of_lists_are_held_against_the_schema_of_an_entry()
    {
        var problems = ReleaseSchema.Own().ProblemsOf(Written("""{ "Models": [ { "Name": "a", "Provider": "openai", "Modell": "x" } ] }"""));

        Assert.Equal("Models:0:Modell", Assert.Single(problems).Key);
    }

    [Fact]
    public void Another_default_is_told_where_nothing_is_written()
    {
        var schema = Changed(root => Section(root, "Logging")["KeepFiles"]!["default"] = 2);

        Assert.StartsWith("Logging:KeepFiles: ", Assert.Single(schema.OtherDefaults([])), StringComparison.Ordinal);
        Assert.Empty(schema.OtherDefaults(Written("""{ "Logging": { "KeepFiles": 9 } }""")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{ not json")]
    public void What_is_no_schema_is_refused_with_a_sentence(string text)
    {
        File.WriteAllText(folder["schema.json"], text);

        Assert.Single(Assert.Throws<ConfigurationProblemsException>(() => ReleaseSchema.Read(folder["schema.json"])).Problems);
    }

    private ReleaseSchema Changed(Action<JsonObject> change)
    {
        var root = SettingsSchema.Create();
        change(root);
        File.WriteAllText(folder["schema.json"], root.ToJsonString());
        return ReleaseSchema.Read(folder["schema.json"]);
    }

    private static JsonObject Section(JsonObject root, string name) => root["properties"]![name]!["properties"]!.AsObject();

    private static IReadOnlyList<SettingValue> Written(string json)
    {
        var problems = new List<ConfigurationProblem>();
        var values = SettingsFile.Parse("appsettings.json", System.Text.Encoding.UTF8.GetBytes(json), problems);
        Assert.Empty(problems);
        return values;
    }
}
