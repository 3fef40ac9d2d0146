using System.Text.Json;
using ChatOps.Mcp.Using;

namespace ChatOps.Tests.Mcp;

/// <summary>Arguments held against a server's schema: every keyword with a value that fits and one that does not, and schemas that would do harm.</summary>
public sealed class ArgumentCheckTests
{
    [Theory]
    [InlineData("""{ "type": "string" }""", "\"a\"", "1")]
    [InlineData("""{ "type": ["string", "null"] }""", "null", "{}")]
    [InlineData("""{ "type": "integer" }""", "1.0", "1.5")]
    [InlineData("""{ "type": "number" }""", "1.5", "\"1.5\"")]
    [InlineData("""{ "type": "boolean" }""", "false", "0")]
    [InlineData("""{ "enum": ["a", { "b": [1] }] }""", """{ "b": [1.0] }""", """{ "b": [2] }""")]
    [InlineData("""{ "const": null }""", "null", "0")]
    [InlineData("""{ "minLength": 2, "maxLength": 3 }""", "\"😀😀\"", "\"a\"")]
    [InlineData("""{ "maxLength": 3 }""", "\"😀😀😀\"", "\"abcd\"")]
    [InlineData("""{ "pattern": "^[a-z]+$" }""", "\"abc\"", "\"aBc\"")]
    [InlineData("""{ "minimum": 1, "maximum": 3 }""", "3", "4")]
    [InlineData("""{ "exclusiveMinimum": 1, "exclusiveMaximum": 3 }""", "2", "1")]
    [InlineData("""{ "exclusiveMaximum": 3 }""", "2.9", "3")]
    [InlineData("""{ "multipleOf": 0.1 }""", "0.3", "0.35")]
    [InlineData("""{ "items": { "type": "string" } }""", """["a", "b"]""", """["a", 1]""")]
    [InlineData("""{ "items": [{ "type": "string" }], "additionalItems": false }""", """["a"]""", """["a", "b"]""")]
    [InlineData("""{ "prefixItems": [{ "type": "string" }], "items": { "type": "integer" } }""", """["a", 1]""", """["a", "b"]""")]
    [InlineData("""{ "minItems": 1, "maxItems": 2 }""", "[1]", "[]")]
    [InlineData("""{ "uniqueItems": true }""", "[1, 2, [1]]", "[1, 2, 1.0]")]
    [InlineData("""{ "contains": { "const": 1 }, "maxContains": 1 }""", "[1, 2]", "[1, 1]")]
    [InlineData("""{ "contains": { "const": 1 } }""", "[2, 1]", "[2]")]
    [InlineData("""{ "required": ["a"] }""", """{ "a": null }""", "{}")]
    [InlineData("""{ "properties": { "a": { "properties": { "b": { "type": "integer" } } } } }""", """{ "a": { "b": 1 } }""", """{ "a": { "b": "1" } }""")]
    [InlineData("""{ "properties": { "a": {} }, "additionalProperties": false }""", """{ "a": 1 }""", """{ "b": 1 }""")]
    [InlineData("""{ "additionalProperties": { "type": "string" } }""", """{ "x": "y" }""", """{ "x": 1 }""")]
    [InlineData("""{ "patternProperties": { "^x-": { "type": "string" } }, "additionalProperties": false }""", """{ "x-a": "y" }""", """{ "y": "y" }""")]
    [InlineData("""{ "propertyNames": { "maxLength": 2 } }""", """{ "ab": 1 }""", """{ "abc": 1 }""")]
    [InlineData("""{ "minProperties": 1, "maxProperties": 1 }""", """{ "a": 1 }""", """{ "a": 1, "b": 2 }""")]
    [InlineData("""{ "dependentRequired": { "a": ["b"] } }""", """{ "a": 1, "b": 2 }""", """{ "a": 1 }""")]
    [InlineData("""{ "dependentSchemas": { "a": { "required": ["b"] } } }""", """{ "b": 2 }""", """{ "a": 1 }""")]
    [InlineData("""{ "allOf": [{ "type": "string" }, { "minLength": 2 }] }""", "\"ab\"", "\"a\"")]
    [InlineData("""{ "anyOf": [{ "type": "string" }, { "minimum": 2 }] }""", "2", "1")]
    [InlineData("""{ "oneOf": [{ "type": "integer" }, { "minimum": 2 }] }""", "2.5", "3")]
    [InlineData("""{ "not": { "type": "string" } }""", "1", "\"a\"")]
    [InlineData("""{ "if": { "required": ["a"] }, "then": { "required": ["b"] }, "else": { "required": ["c"] } }""", """{ "a": 1, "b": 1 }""", """{ "a": 1, "c": 1 }""")]
    [InlineData("""{ "$ref": "#/$defs/no%20t~1e", "$defs": { "no t/e": { "type": "string" } } }""", "\"a\"", "1")]
    [InlineData("""{ "type": "object", "properties": { "left": { "$ref": "#" } }, "additionalProperties": false }""", """{ "left": { "left": {} } }""", """{ "left": { "right": {} } }""")]
    [InlineData("""{ "properties": { "a": false } }""", "{}", """{ "a": 1 }""")]
    public void A_keyword_lets_in_what_fits_and_nothing_else(string schema, string fits, string doesNot)
    {
        Assert.Null(ArgumentCheck.Problem(Json(schema), Json(fits)));
        Assert.NotNull(ArgumentCheck.Problem(Json(schema), Json(doesNot)));
    }

    [Theory]
    [InlineData("""{ "format": "email" }""")]
    [InlineData("""{ "$ref": "https://example.com/schema" }""")]
    [InlineData("""{ "$ref": "#/nowhere" }""")]
    [InlineData("""{ "type": "date" }""")]
    [InlineData("""{ "pattern": "(?=a)b(" }""")]
    [InlineData("""{ "minLength": "two", "items": 3, "required": "a", "enum": "a" }""")]
    [InlineData("true")]
    [InlineData("3")]
    public void What_is_not_understood_is_left_to_the_server(string schema) => Assert.Null(ArgumentCheck.Problem(Json(schema), Json("\"a\"")));

    [Fact]
    public void A_problem_names_its_place_and_what_is_wanted()
    {
        var schema = Json("""{ "properties": { "filter": { "properties": { "tags": { "items": { "type": "string", "enum": ["a", "b"] } } }, "required": ["by"] } } }""");

        var problem = ArgumentCheck.Problem(schema, Json("""{ "filter": { "tags": ["a", 3, "c"] } }"""));

        Assert.Equal("'filter.by' is missing. 'filter.tags[1]' must be a text, not 3. 'filter.tags[2]' must be one of \"a\", \"b\".", problem);
    }

    [Fact]
    public void Of_several_forms_the_nearest_is_told()
    {
        var schema = Json("""{ "properties": { "at": { "anyOf": [{ "type": "string" }, { "type": "object", "required": ["line"], "properties": { "line": { "type": "integer" } } }] } } }""");

        Assert.Equal("'at' has none of the 2 forms that it may have; of the nearest: 'at' must be a text, not an object.", ArgumentCheck.Problem(schema, Json("""{ "at": { "line": "x", "more": 1 } }""")));
    }

    [Theory]
    [InlineData("""{ "$ref": "#" }""")]
    [InlineData("""{ "not": { "$ref": "#" } }""")]
    [InlineData("""{ "anyOf": [{ "$ref": "#" }, { "$ref": "#" }] }""")]
    [InlineData("""{ "properties": { "a": { "$ref": "#/$defs/b" } }, "$defs": { "b": { "allOf": [{ "$ref": "#/$defs/c" }] }, "c": { "$ref": "#/$defs/b" } } }""")]
    public void A_schema_without_an_end_ends_in_a_refusal(string schema) =>
        Assert.Contains("too deep", ArgumentCheck.Problem(Json(schema), Json("""{ "a": 1 }""")), StringComparison.Ordinal);

    [Fact]
    public void A_list_that_would_take_long_to_compare_is_refused() =>
        Assert.Contains("too deep", ArgumentCheck.Problem(Json("""{ "uniqueItems": true }"""), JsonSerializer.SerializeToElement(Enumerable.Range(0, 2_000))), StringComparison.Ordinal);

    [Fact]
    public void A_pattern_that_runs_away_elsewhere_does_not_here() =>
        Assert.NotNull(ArgumentCheck.Problem(Json("""{ "pattern": "^(a+)+$" }"""), JsonSerializer.SerializeToElement(new string('a', 20_000) + "!")));

    [Fact]
    public void Half_a_surrogate_pair_is_refused() => Assert.NotNull(ArgumentCheck.Problem(Json("""{ "properties": { "a": { "minLength": 1 } } }"""), Json("""{ "a": "\ud800" }""")));

    [Fact]
    public void What_a_model_is_told_of_a_parameter_stands_by_itself_and_has_an_end()
    {
        var root = Json("""{ "$defs": { "line": { "type": "object", "properties": { "more": { "$ref": "#/$defs/line" } } } }, "properties": { "lines": { "type": "array", "items": { "$ref": "#/$defs/line", "description": "A line." } } } }""");

        var told = SchemaReference.WrittenOut(root, root.GetProperty("properties").GetProperty("lines"));

        Assert.DoesNotContain("$ref", told, StringComparison.Ordinal);
        Assert.StartsWith("""{"type":"array","items":{"type":"object","properties":{"more":{"type":"object",""", told, StringComparison.Ordinal);
        Assert.Contains("\"description\":\"A line.\"", told, StringComparison.Ordinal);
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
