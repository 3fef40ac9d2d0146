using System.Text.Json;
using ChatOps.Agent.Turns.Loop;
using ChatOps.Tools;

namespace ChatOps.Tests.Agent.Turns.Loop;

public sealed class ToolFunctionsTests
{
    private static readonly ToolManifest Every = new("every", "test", "Has every kind.", ["every"],
    [
        new("text", ParameterKind.Text, "A text.", Required: true),
        new("number", ParameterKind.Number, "A number.", Default: "5"),
        new("flag", ParameterKind.Flag, "A flag."),
        new("time", ParameterKind.Duration, "A time."),
        new("on", ParameterKind.Selector, "Where.", Required: true) { Unless = "again" },
        new("choice", ParameterKind.Choice, "One of.", Choices: ["a", "b"]),
        new("many", ParameterKind.Text, "Many.") { Repeatable = true },
        new("again", ParameterKind.Text, "Again."),
        new("hash", ParameterKind.Text, "Of a button.", Hidden: true),
    ]);

    [Fact]
    public void A_schema_has_a_type_for_every_kind_and_no_hidden_parameter()
    {
        var schema = ToolFunctions.Schema(Every);
        var properties = schema["properties"]!.AsObject();
        Assert.Equal(
            ["text:string", "number:integer", "flag:boolean", "time:string", "on:string", "choice:string", "many:string", "again:string"],
            properties.Select(p => $"{p.Key}:{p.Value!["type"]}"));
        Assert.Equal(["text"], schema["required"]!.AsArray().Select(r => (string)r!));
        Assert.Equal(["a", "b"], properties["choice"]!["enum"]!.AsArray().Select(r => (string)r!));
        Assert.Equal(5, (long)properties["number"]!["default"]!);
        Assert.False((bool)schema["additionalProperties"]!);
    }

    [Fact]
    public void Every_tool_of_the_product_is_a_function_whose_schema_is_valid_json()
    {
        foreach (var manifest in ToolDefinitions.All.Where(ToolFunctions.MayBeCalled))
        {
            var function = Assert.IsAssignableFrom<Microsoft.Extensions.AI.AIFunctionDeclaration>(ToolFunctions.Declare(manifest));
            Assert.Equal(JsonValueKind.Object, function.JsonSchema.ValueKind);
            Assert.Matches("^[a-z0-9_]{1,64}$", function.Name);
        }
    }

    [Theory]
    [InlineData("""{"text":"a","number":7,"flag":true,"many":["x","y"],"choice":null}""", "flag=true;many=x,y;number=7;text=a")]
    [InlineData("""{"text":5,"number":"7"}""", "number=7;text=5")]
    [InlineData("{}", "")]
    public void Values_are_read_as_the_gate_takes_them(string json, string expected)
    {
        Assert.True(CallArguments.TryRead(Every, json, out var values, out var problem), problem);
        Assert.Equal(expected, string.Join(';', values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}")));
    }

    [Theory]
    [InlineData("""{"text":"a",""", "not valid JSON")]
    [InlineData("""["a"]""", "one JSON object")]
    [InlineData("""{"text":{"a":1}}""", "'text' must be a text, not an object")]
    [InlineData("""{"number":1.5}""", "'number' must be a whole number")]
    [InlineData("""{"flag":1}""", "'flag' must be true or false")]
    [InlineData("""{"many":[1,[2]]}""", "'many' must be a text, not a list")]
    [InlineData("""{"hash":"x"}""", "'hash' is not a parameter")]
    [InlineData("""{"text":"a","text":"b"}""", "given twice")]
    [InlineData("""{"text":"\ud800"}""", "'text' must be a text")]
    public void Wrong_ones_are_answered_with_what_is_wrong(string json, string says)
    {
        Assert.False(CallArguments.TryRead(Every, json, out _, out var problem));
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }
}
