using System.Text.RegularExpressions;
using ChatOps.Policy.Rules;
using ChatOps.Testing.Schemas;

namespace ChatOps.Tests.Policy;

/// <summary>The schema that editors use says what the gateway says.</summary>
public sealed partial class PolicySchemaTests
{
    private static readonly SchemaCheck Schema = SchemaCheck.Load(RepositoryFiles.Of("workspace/schemas/policy.schema.json"));
    private static readonly string Shipped = File.ReadAllText(RepositoryFiles.Of("workspace/policy.yaml"));

    [Fact]
    public void The_shipped_file_is_good_as_it_is_and_with_its_examples_put_in()
    {
        var examples = Example().Replace(Shipped, "");
        foreach (var text in new[] { Shipped, examples })
        {
            Assert.Empty(Schema.Of(YamlJson.Of(text)));
            Assert.NotNull(Read(text));
        }

        Assert.Empty(Read(Shipped)!.Approvals);
        Assert.Equal(3, Read(examples)!.Approvals.Count);
        Assert.True(Read(examples)!.Knowledge.Commands.ContainsKey("deployctl"));
        Assert.True(Read(examples)!.Knowledge.Raises.ContainsKey("kubectl.logs"));
    }

    [Theory]
    [InlineData("approval: []")]
    [InlineData("approvals: {}")]
    [InlineData("approvals: [{ vote: 2 }]")]
    [InlineData("approvals: [{ votes: 0 }]")]
    [InlineData("approvals: [{ votes: 11 }]")]
    [InlineData("approvals: [{ ask: false }]")]
    [InlineData("approvals: [{ risk: forbidden }]")]
    [InlineData("approvals: [{ risk: [read, much] }]")]
    [InlineData("approvals: [{ standing: sometimes }]")]
    [InlineData("raise: [{ command: rm }]")]
    [InlineData("raise: [{ risk: change }]")]
    [InlineData("raise: [{ command: rm, risk: read }]")]
    [InlineData("protect: [{ why: because }]")]
    [InlineData("protect: [{ paths: /x, risk: read }]")]
    [InlineData("commands: [{ flags: -v }]")]
    [InlineData("commands: [{ name: x, flag: -v }]")]
    [InlineData("commands: [{ name: x, risk: none }]")]
    [InlineData("commands: [{ name: x, bare: maybe }]")]
    public void What_the_schema_refuses_the_gateway_refuses(string text)
    {
        Assert.NotEmpty(Schema.Of(YamlJson.Of(text)));
        Assert.Null(Read(text));
    }

    private static PolicySnapshot? Read(string text) => new PolicyReader(PolicyUnderTest.BuiltIn, [], []).Read(text, "policy.yaml", out _);

    // The examples are what is commented out with two spaces behind the mark, below the first key.
    [GeneratedRegex("(?<=^approvals:.*)^#(?=  )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
