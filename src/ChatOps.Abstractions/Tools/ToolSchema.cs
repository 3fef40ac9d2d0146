using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOps.Tools;

/// <summary>A tool's arguments as a JSON schema, for models and programs; made from the tool's one definition.</summary>
public static class ToolSchema
{
    /// <summary>The JSON schema of a tool's arguments.</summary>
    public static JsonObject Of(ToolManifest manifest)
    {
        var shown = manifest.Parameters.Where(p => !p.Hidden).ToList();
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(shown.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Of(p)))),
            ["required"] = new JsonArray([.. shown.Where(p => p is { Required: true, Default: null, Unless: null }).Select(p => (JsonNode?)p.Name)]),
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Of(ToolParameter parameter)
    {
        if (parameter.JsonSchema is { } own)
        {
            var schema = JsonNode.Parse(own)!.AsObject();
            schema["description"] = parameter.Description;
            return schema;
        }

        var result = new JsonObject
        {
            ["type"] = parameter.Kind switch { ParameterKind.Number => "integer", ParameterKind.Flag => "boolean", _ => "string" },
            ["description"] = parameter.Description + Hint(parameter),
        };
        if (parameter.Choices is { } choices) result["enum"] = new JsonArray([.. choices.Select(c => (JsonNode?)c)]);
        if (parameter.Default is { } standard) result["default"] = parameter.Kind switch
        {
            ParameterKind.Number => long.Parse(standard, CultureInfo.InvariantCulture),
            ParameterKind.Flag => standard == "true",
            _ => standard,
        };
        return result;
    }

    private static string Hint(ToolParameter parameter)
    {
        var hint = parameter.Kind switch
        {
            ParameterKind.Duration => " A duration: 90s, 15m, 24h or 7d.",
            ParameterKind.Selector => " A node's name, labels such as env=prod,role=web, or all.",
            _ => "",
        };
        return hint + (parameter.Repeatable ? " Several are separated by commas." : "") + (parameter.Unless is { } other ? $" Needed unless {other} is given." : "");
    }
}
