using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOps.Testing.Models;

/// <summary>What chat completions demand of a request. Unknown fields are refused, which OpenAI does too.</summary>
internal static partial class OpenAiRules
{
    private static readonly HashSet<string> Fields =
        ["model", "messages", "tools", "tool_choice", "parallel_tool_calls", "stream", "stream_options", "temperature", "max_tokens", "max_completion_tokens"];

    private static readonly Dictionary<string, HashSet<string>> MessageFields = new()
    {
        ["system"] = ["role", "content"],
        ["developer"] = ["role", "content"],
        ["user"] = ["role", "content"],
        ["assistant"] = ["role", "content", "tool_calls"],
        ["tool"] = ["role", "content", "tool_call_id"],
    };

    /// <summary>Refuses what is wrong.</summary>
    public static void Check(JsonObject body)
    {
        Known(body, Fields, "");
        if (body["model"] is not JsonValue) throw Wrong("missing_required_parameter", "model");
        if (body["messages"] is not JsonArray { Count: > 0 } messages) throw Wrong("missing_required_parameter", "messages");
        if (body["stream_options"] is not null && body["stream"]?.GetValue<bool>() != true) throw Wrong("invalid_value", "stream_options without stream");
        if (body["max_tokens"] is not null && body["max_completion_tokens"] is not null) throw Wrong("invalid_value", "max_tokens and max_completion_tokens");
        Tools(body["tools"]);
        var open = new List<string>();
        for (var i = 0; i < messages.Count; i++) Message(messages[i]!.AsObject(), $"messages[{i}]", open);
        if (open.Count > 0) throw Wrong("invalid_value", $"tool calls without results: {string.Join(", ", open)}");
    }

    private static void Message(JsonObject message, string where, List<string> open)
    {
        var role = message["role"]?.GetValue<string>() ?? "";
        if (!MessageFields.TryGetValue(role, out var fields)) throw Wrong("invalid_value", $"{where}.role '{role}'");
        Known(message, fields, where + ".");
        if (role == "tool")
        {
            var id = message["tool_call_id"]?.GetValue<string>() ?? throw Wrong("missing_required_parameter", $"{where}.tool_call_id");
            if (!open.Remove(id)) throw Wrong("invalid_value", $"{where}: a result for '{id}', which no call before it has");
            Content(message["content"], where);
            return;
        }

        if (open.Count > 0) throw Wrong("invalid_value", $"{where}: {role} before the results of {string.Join(", ", open)}");
        if (message["tool_calls"] is not JsonArray calls) Content(message["content"], where);
        else foreach (var call in calls) open.Add(Call(call!.AsObject(), where));
    }

    private static string Call(JsonObject call, string where)
    {
        Known(call, ["id", "type", "function"], where + ".tool_calls.");
        if (call["type"]?.GetValue<string>() != "function") throw Wrong("invalid_value", $"{where}.tool_calls.type");
        var function = call["function"]?.AsObject() ?? throw Wrong("missing_required_parameter", $"{where}.tool_calls.function");
        Known(function, ["name", "arguments"], where + ".tool_calls.function.");
        if (!Name().IsMatch(function["name"]?.GetValue<string>() ?? "")) throw Wrong("invalid_value", $"{where}.tool_calls.function.name");
        if (function["arguments"]?.GetValueKind() != JsonValueKind.String) throw Wrong("invalid_type", $"{where}.tool_calls.function.arguments must be a string");
        return call["id"]?.GetValue<string>() is { Length: > 0 } id ? id : throw Wrong("missing_required_parameter", $"{where}.tool_calls.id");
    }

    private static void Content(JsonNode? content, string where)
    {
        switch (content)
        {
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                return;
            case JsonArray { Count: > 0 } parts:
                foreach (var part in parts)
                {
                    var type = part!["type"]?.GetValue<string>();
                    if (type is not ("text" or "image_url")) throw Wrong("invalid_value", $"{where}.content.type '{type}'");
                    Known(part.AsObject(), ["type", type], where + ".content.");
                }

                return;
            default:
                throw Wrong("invalid_type", $"{where}.content");
        }
    }

    private static void Tools(JsonNode? tools)
    {
        if (tools is null) return;
        if (tools is not JsonArray { Count: > 0 and <= 128 } list) throw Wrong("invalid_value", "tools must be 1 to 128");
        var names = new HashSet<string>();
        foreach (var tool in list)
        {
            Known(tool!.AsObject(), ["type", "function"], "tools.");
            var function = tool["function"]!.AsObject();
            Known(function, ["name", "description", "parameters", "strict"], "tools.function.");
            var name = function["name"]?.GetValue<string>() ?? "";
            if (!Name().IsMatch(name)) throw Wrong("invalid_value", $"tools.function.name '{name}'");
            if (!names.Add(name)) throw Wrong("invalid_value", $"tools: '{name}' twice");
            if (function["parameters"]?["type"]?.GetValue<string>() != "object") throw Wrong("invalid_function_parameters", $"tools.{name}.parameters.type must be object");
        }
    }

    private static void Known(JsonObject value, HashSet<string> fields, string where)
    {
        foreach (var (name, _) in value)
        {
            if (!fields.Contains(name)) throw Wrong("unknown_parameter", where + name);
        }
    }

    private static ModelRefusal Wrong(string code, string what) => new(400, code, $"Invalid request: {what}");

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex Name();
}
