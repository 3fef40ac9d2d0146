using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOps.Testing.Models;

/// <summary>What Anthropic's messages demand of a request.</summary>
internal static partial class AnthropicRules
{
    private static readonly HashSet<string> Fields = ["model", "messages", "max_tokens", "system", "tools", "tool_choice", "stream", "temperature"];

    private static readonly Dictionary<string, HashSet<string>> BlockFields = new()
    {
        ["text"] = ["type", "text", "cache_control", "citations"],
        ["image"] = ["type", "source", "cache_control"],
        ["tool_use"] = ["type", "id", "name", "input", "cache_control"],
        ["tool_result"] = ["type", "tool_use_id", "content", "is_error", "cache_control"],
    };

    /// <summary>Refuses what is wrong.</summary>
    public static void Check(JsonObject body)
    {
        Known(body, Fields, "");
        if (body["model"] is not JsonValue) throw Wrong("model: Field required");
        if (body["max_tokens"]?.GetValue<int>() is not > 0) throw Wrong("max_tokens: Field required");
        if (body["messages"] is not JsonArray { Count: > 0 } messages) throw Wrong("messages: at least one message is required");
        foreach (var tool in body["tools"]?.AsArray() ?? []) Tool(tool!.AsObject());
        var open = new List<string>();
        for (var i = 0; i < messages.Count; i++) Message(messages[i]!.AsObject(), i, open);
        if (open.Count > 0) throw Wrong($"`tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", open)}");
        if (messages[0]!["role"]!.GetValue<string>() != "user") throw Wrong("messages: first message must use the \"user\" role");
    }

    private static void Message(JsonObject message, int number, List<string> open)
    {
        var where = $"messages.{number}";
        Known(message, ["role", "content"], where + ".");
        var role = message["role"]?.GetValue<string>();
        if (role is not ("user" or "assistant")) throw Wrong($"{where}.role: '{role}'");
        List<JsonObject> blocks = message["content"] is JsonArray array ? [.. array.Select(b => b!.AsObject())]
            : [new JsonObject { ["type"] = "text", ["text"] = message["content"]?.DeepClone() }];
        var beyondResults = false;
        foreach (var block in blocks)
        {
            var type = block["type"]?.GetValue<string>() ?? "";
            if (!BlockFields.TryGetValue(type, out var fields)) throw Wrong($"{where}.content: type '{type}'");
            Known(block, fields, $"{where}.content.{type}.");
            if (type == "text" && string.IsNullOrWhiteSpace(block["text"]?.GetValue<string>())) throw Wrong($"{where}: text content blocks must be non-empty");
            if (type == "tool_result")
            {
                var id = block["tool_use_id"]?.GetValue<string>() ?? "";
                if (role != "user" || beyondResults) throw Wrong($"{where}: `tool_result` blocks come first, and from the user");
                if (!open.Remove(id)) throw Wrong($"{where}: unexpected `tool_use_id` '{id}'");
            }
            else
            {
                beyondResults = true;
                if (open.Count > 0) throw Wrong($"{where}: `tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", open)}");
            }
        }

        if (role == "assistant") open.AddRange(blocks.Where(b => b["type"]!.GetValue<string>() == "tool_use").Select(b => Call(b, where)));
    }

    private static string Call(JsonObject block, string where)
    {
        if (!Name().IsMatch(block["name"]?.GetValue<string>() ?? "")) throw Wrong($"{where}.tool_use.name");
        if (block["input"] is not JsonObject) throw Wrong($"{where}.tool_use.input: Input should be a valid dictionary");
        return Id().IsMatch(block["id"]?.GetValue<string>() ?? "") ? block["id"]!.GetValue<string>() : throw Wrong($"{where}.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'");
    }

    private static void Tool(JsonObject tool)
    {
        Known(tool, ["name", "description", "input_schema", "cache_control", "type", "strict", "defer_loading", "allowed_callers", "eager_input_streaming"], "tools.");
        var name = tool["name"]?.GetValue<string>() ?? "";
        if (!Name().IsMatch(name)) throw Wrong($"tools.name '{name}'");
        if (tool["input_schema"]?["type"]?.GetValue<string>() != "object") throw Wrong($"tools.{name}.input_schema.type must be object");
    }

    private static void Known(JsonObject value, HashSet<string> fields, string where)
    {
        foreach (var (name, _) in value)
        {
            if (!fields.Contains(name)) throw Wrong($"{where}{name}: Extra inputs are not permitted");
        }
    }

    private static ModelRefusal Wrong(string what) => new(400, "invalid_request_error", what);

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,128}$")]
    private static partial Regex Name();

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex Id();
}
