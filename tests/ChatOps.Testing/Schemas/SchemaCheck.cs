using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOps.Testing.Schemas;

/// <summary>
/// Checks a document against a JSON schema, as far as our schemas go. A keyword it does not know is an error of the schema, so that nothing is
/// taken for checked that was not.
/// </summary>
public sealed class SchemaCheck(JsonObject schema)
{
    private static readonly HashSet<string> Remarks = ["$schema", "$id", "$defs", "$comment", "id", "definitions", "title", "description", "default", "examples", "format", "deprecated"];

    /// <summary>Reads a schema from a file.</summary>
    public static SchemaCheck Load(string path) => new(JsonNode.Parse(File.ReadAllText(path))!.AsObject());

    /// <summary>Everything that does not fit, as <c>path: reason</c>.</summary>
    public IReadOnlyList<string> Of(JsonNode? document)
    {
        var wrong = new List<string>();
        Check(schema, document, "$", wrong);
        return wrong;
    }

    private void Check(JsonNode rule, JsonNode? value, string path, List<string> wrong)
    {
        if (rule is JsonValue allowed)
        {
            if (!allowed.GetValue<bool>()) wrong.Add($"{path}: is not allowed");
            return;
        }

        foreach (var (keyword, argument) in rule.AsObject())
        {
            if (!Remarks.Contains(keyword) && Fault(keyword, argument!, rule, value, path, wrong) is { } fault) wrong.Add($"{path}: {fault}");
        }
    }

    private string? Fault(string keyword, JsonNode argument, JsonNode rule, JsonNode? value, string path, List<string> wrong)
    {
        var text = value is JsonValue scalar && scalar.TryGetValue<string>(out var read) ? read : null;
        switch (keyword)
        {
            case "$ref":
                Check(Referenced(argument.GetValue<string>()), value, path, wrong);
                return null;
            case "oneOf" or "anyOf":
                var fitting = argument.AsArray().Count(choice => Fits(choice!, value, path));
                return fitting == 1 || (fitting > 1 && keyword == "anyOf") ? null : $"fits {fitting} of the forms that it may have";
            case "const":
                return JsonNode.DeepEquals(argument, value) ? null : "is another value";
            case "type":
                var types = argument is JsonArray many ? many.Select(t => t!.GetValue<string>()) : [argument.GetValue<string>()];
                return types.Any(type => IsA(type, value)) ? null : $"is not {string.Join(" or ", types)}";
            case "not":
                return Fits(argument, value, path) ? "fits what it must not" : null;
            case "enum":
                return argument.AsArray().Any(a => JsonNode.DeepEquals(a, value)) ? null : "is none of the known values";
            case "pattern":
                return text is null || Regex.IsMatch(text, argument.GetValue<string>(), RegexOptions.ECMAScript) ? null : "does not fit the pattern";
            case "minLength":
                return text is null || text.Length >= argument.GetValue<int>() ? null : "is too short";
            case "maxLength":
                return text is null || text.Length <= argument.GetValue<int>() ? null : "is too long";
            case "minimum":
                return value is JsonValue low && low.TryGetValue<double>(out var atLeast) && atLeast < argument.GetValue<double>() ? "is too small" : null;
            case "maximum":
                return value is JsonValue high && high.TryGetValue<double>(out var atMost) && atMost > argument.GetValue<double>() ? "is too large" : null;
            case "required":
                return value is JsonObject has && argument.AsArray().FirstOrDefault(k => !has.ContainsKey(k!.GetValue<string>())) is { } missing ? $"lacks {missing}" : null;
            case "uniqueItems":
                return value is JsonArray set && set.Select(i => i?.ToJsonString()).Distinct().Count() != set.Count ? "has an item twice" : null;
            case "items":
                foreach (var (i, item) in (value as JsonArray ?? []).Index()) Check(argument, item, $"{path}[{i}]", wrong);
                return null;
            case "properties":
                foreach (var (key, its) in argument.AsObject())
                {
                    if (value is JsonObject map && map.TryGetPropertyValue(key, out var found)) Check(its!, found, $"{path}.{key}", wrong);
                }

                return null;
            case "additionalProperties":
                foreach (var (key, its) in value as JsonObject ?? [])
                {
                    var named = rule["properties"]?.AsObject().ContainsKey(key) == true || rule["patternProperties"]?.AsObject().Any(p => Regex.IsMatch(key, p.Key, RegexOptions.ECMAScript)) == true;
                    if (!named) Check(argument, its, $"{path}.{key}", wrong);
                }

                return null;
            case "patternProperties":
                foreach (var (pattern, of) in argument.AsObject())
                {
                    foreach (var (key, its) in value as JsonObject ?? [])
                    {
                        if (Regex.IsMatch(key, pattern, RegexOptions.ECMAScript)) Check(of!, its, $"{path}.{key}", wrong);
                    }
                }

                return null;
            case "propertyNames":
                foreach (var (key, _) in value as JsonObject ?? []) Check(argument, JsonValue.Create(key), $"{path}.{key}", wrong);
                return null;
            default:
                throw new NotSupportedException($"The schema uses '{keyword}', which this check does not know.");
        }
    }

    private bool Fits(JsonNode rule, JsonNode? value, string path)
    {
        var wrong = new List<string>();
        Check(rule, value, path, wrong);
        return wrong.Count == 0;
    }

    // "#/$defs/name", or "#/definitions/name" as older schemas have it.
    private JsonNode Referenced(string reference) => reference.Split('/') is ["#", var place, var name] ? schema[place]![name]! : throw new NotSupportedException($"The schema refers to '{reference}', which this check does not know.");

    private static bool IsA(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value is JsonValue text && text.TryGetValue<string>(out _),
        "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out _),
        "number" => value is JsonValue number && number.TryGetValue<double>(out _),
        "integer" => value is JsonValue whole && whole.TryGetValue<long>(out _),
        _ => throw new NotSupportedException($"The schema uses the type '{type}', which this check does not know."),
    };
}
