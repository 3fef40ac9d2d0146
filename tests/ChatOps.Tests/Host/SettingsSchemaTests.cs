using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Host;
using ChatOps.Testing.Schemas;

namespace ChatOps.Tests.Host;

public sealed class SettingsSchemaTests
{
    private static readonly string Shipped = RepositoryFiles.Of("appsettings.json");
    private static readonly SchemaCheck Schema = SchemaCheck.Load(RepositoryFiles.Of("appsettings.schema.json"));
    private static readonly JsonDocumentOptions AsPeopleWrite = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [Fact]
    public void The_shipped_schema_is_made_from_the_settings()
    {
        var shipped = JsonNode.Parse(File.ReadAllText(RepositoryFiles.Of("appsettings.schema.json")));

        Assert.True(JsonNode.DeepEquals(SettingsSchema.Create(), shipped), "Run: chatops config schema > appsettings.schema.json");
    }

    [Fact]
    public void The_shipped_settings_load_fit_the_schema_and_say_only_what_is_the_default_anyway()
    {
        var loaded = new SettingsLoader(t => (t, null)).Load([Shipped], []);
        var defaults = new ChatOpsOptions();

        Assert.Empty(Schema.Of(JsonNode.Parse(File.ReadAllText(Shipped), null, AsPeopleWrite)));
        Assert.All(loaded.Effective, e => Assert.Equal(e.Setting.Read(defaults), e.Setting.Read(loaded.Options)));
    }

    [Theory]
    [InlineData("""{ "Gatway": {} }""")]
    [InlineData("""{ "Approvals": { "FourEyes": "Sometimes" } }""")]
    [InlineData("""{ "Approvals": { "Expiry": "soon" } }""")]
    [InlineData("""{ "Fleet": { "MaxParallel": 0 } }""")]
    [InlineData("""{ "Fleet": { "MaxParallel": "16" } }""")]
    [InlineData("""{ "Channels": { "Web": { "Enabled": 1 } } }""")]
    [InlineData("""{ "Fleet": { "LocalNode": { "Labels": { "env": 1 } } } }""")]
    public void What_the_loader_refuses_the_schema_refuses(string json)
    {
        Assert.NotEmpty(Schema.Of(JsonNode.Parse(json)));
    }

    [Fact]
    public void Every_setting_has_a_place_a_description_and_a_default_that_it_accepts()
    {
        var defaults = new ChatOpsOptions();

        Assert.Equal(KnownSettings.All.Count, KnownSettings.All.Select(s => s.Key).Distinct().Count());
        Assert.All(KnownSettings.All, s => Assert.EndsWith(".", s.Description.TrimEnd('}'), StringComparison.Ordinal));
        Assert.All(KnownSettings.All.Where(s => s.Kind != SettingKind.Map && s.Read(defaults) is not null), s => Assert.Null(s.Apply(new ChatOpsOptions(), "", s.Read(defaults)!)));
    }
}
