using System.Text.RegularExpressions;
using ChatOps.Configuration;
using ChatOps.Identity.Files;
using ChatOps.Testing.Schemas;
using ChatOps.Tools;

namespace ChatOps.Tests.Identity;

public sealed partial class AccessSchemaTests
{
    private static readonly SchemaCheck Schema = SchemaCheck.Load(RepositoryFiles.Of("workspace/schemas/access.schema.json"));
    private static readonly string Shipped = File.ReadAllText(RepositoryFiles.Of("workspace/access.yaml"));

    [Fact]
    public void The_shipped_file_loads_and_fits_the_schema_as_it_is_and_with_its_examples_put_in()
    {
        var examples = Example().Replace(Shipped, "");

        Assert.Empty(Problems(Shipped));
        Assert.Empty(Schema.Of(YamlJson.Of(Shipped)));
        Assert.Empty(Problems(examples));
        Assert.Empty(Schema.Of(YamlJson.Of(examples)));
        var document = Read(examples, []);
        Assert.Equal(("deployer", "ana"), (Assert.Single(document!.Roles).Name, Assert.Single(document.People).Id));
    }

    [Theory]
    [InlineData("rolls: {}")]
    [InlineData("roles: []")]
    [InlineData("roles:\n  admin: {}")]
    [InlineData("roles:\n  Dev: {}")]
    [InlineData("roles:\n  dev: { allows: [] }")]
    [InlineData("roles:\n  dev: { allow: [{ tool: run }] }")]
    [InlineData("roles:\n  dev: { allow: [{ on: all }] }")]
    [InlineData("roles:\n  dev: { allow: [run] }")]
    [InlineData("people:\n  ana: { roles: operator }")]
    [InlineData("people:\n  ana: { roles: [viewer, viewer] }")]
    [InlineData("people:\n  ana: { identities: [telegram] }")]
    [InlineData("people:\n  ana: { identities: ['web:ana'] }")]
    [InlineData("people:\n  ana: { identities: ['telegram:1 2'] }")]
    public void What_the_schema_refuses_the_gateway_refuses(string text)
    {
        Assert.NotEmpty(Schema.Of(YamlJson.Of(text)));
        Assert.NotEmpty(Problems(text));
    }

    private static List<ConfigurationProblem> Problems(string text)
    {
        var problems = new List<ConfigurationProblem>();
        Read(text, problems);
        return problems;
    }

    private static AccessDocument? Read(string text, List<ConfigurationProblem> problems) =>
        new AccessDocumentReader(() => [.. ToolDefinitions.All.SelectMany(t => new[] { t.Name, t.Group })]).Read("access.yaml", text, problems);

    // The examples are what is commented out with two spaces behind the mark, below the first key.
    [GeneratedRegex("(?<=^roles:.*)^#(?=  )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
