using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOps.Testing.Slack;

/// <summary>Slack's rules for blocks: types, fields and lengths as its reference and its SDKs have them. What breaks one is answered <c>invalid_blocks</c>.</summary>
internal static class SlackBlockRules
{
    private const int AllText = 13_200;

    /// <summary>The error, with what is wrong behind a colon; or null.</summary>
    public static string? Check(JsonNode? blocks, bool modal = false)
    {
        if (blocks is not JsonArray list) return "invalid_blocks_format: not a list";
        if (list.Count > (modal ? 100 : 50)) return "invalid_blocks: more than 50";
        var problem = list.Select((b, i) => b is JsonObject block ? Block(block, modal) is { } p ? $"/blocks/{i}: {p}" : null : "not an object").FirstOrDefault(p => p is not null);
        if (problem is not null) return "invalid_blocks: " + problem;
        var ids = list.Select(b => b!["block_id"]?.GetValue<string>()).OfType<string>().ToList();
        if (ids.Distinct().Count() != ids.Count) return "invalid_blocks: block_id twice";
        return list.Sum(Length) > AllText ? "msg_blocks_too_long" : null;
    }

    private static string? Block(JsonObject block, bool modal)
    {
        var type = Text(block, "type");
        if (block["block_id"] is { } id && (id.GetValueKind() != JsonValueKind.String || id.GetValue<string>().Length is 0 or > 255)) return "block_id";
        return type switch
        {
            "header" => Fields(block, "text") ?? Object(block["text"], 150, markup: false),
            "section" => Fields(block, "text", "fields", "accessory", "expand") ?? Object(block["text"], 3000, markup: true),
            "context" => Fields(block, "elements") ?? List(block, 1, 10, e => Object(e, 3000, markup: true)),
            "divider" => Fields(block),
            "actions" => Fields(block, "elements") ?? List(block, 1, 25, Button) ?? Unique(block),
            "rich_text" => Fields(block, "elements") ?? List(block, 1, int.MaxValue, Rich),
            "input" when modal => Input(block),
            _ => $"unsupported type {type}",
        };
    }

    private static string? Input(JsonObject block)
    {
        if (Fields(block, "label", "element", "optional", "hint", "dispatch_action") is { } unknown) return unknown;
        if (Object(block["label"], 2000, markup: false) is { } label) return label;
        if (block["element"] is not JsonObject element || Text(element, "type") != "plain_text_input") return "element";
        if (Fields(element, "action_id", "multiline", "max_length", "min_length", "initial_value", "placeholder", "focus_on_load", "dispatch_action_config") is { } field) return field;
        return element["max_length"]?.GetValue<int>() is > 3000 or < 1 ? "max_length" : null;
    }

    private static string? Button(JsonNode? node)
    {
        if (node is not JsonObject button || Text(button, "type") != "button") return "not a button";
        if (Fields(button, "text", "action_id", "url", "value", "style", "confirm", "accessibility_label") is { } unknown) return unknown;
        if (Object(button["text"], 75, markup: false) is { } text) return "button text: " + text;
        if (Text(button, "action_id").Length is 0 or > 255) return "action_id";
        if (Text(button, "value").Length > 2000) return "value";
        if (button["style"] is not null && Text(button, "style") is not ("primary" or "danger")) return "style";
        return button["confirm"] is { } confirm ? Confirm(confirm) : null;
    }

    private static string? Confirm(JsonNode node)
    {
        if (node is not JsonObject confirm) return "confirm";
        if (confirm.Select(p => p.Key).FirstOrDefault(k => k is not ("title" or "text" or "confirm" or "deny" or "style")) is { } unknown) return "confirm." + unknown;
        if (confirm["style"] is not null && Text(confirm, "style") is not ("primary" or "danger")) return "confirm.style";
        return Object(confirm["title"], 100, false) ?? Object(confirm["text"], 300, true) ?? Object(confirm["confirm"], 30, false) ?? Object(confirm["deny"], 30, false);
    }

    private static string? Rich(JsonNode? node)
    {
        if (node is not JsonObject element) return "not an object";
        return Text(element, "type") switch
        {
            "rich_text_section" or "rich_text_quote" => Fields(element, "elements", "border") ?? List(element, 1, int.MaxValue, RichText),
            "rich_text_preformatted" => Fields(element, "elements", "border", "language") ?? List(element, 1, int.MaxValue, RichText),
            "rich_text_list" => Fields(element, "elements", "style", "indent", "offset", "border") ??
                (Text(element, "style") is "bullet" or "ordered" ? null : "style") ?? (element["indent"]?.GetValue<int>() is > 8 or < 0 ? "indent" : null) ?? List(element, 1, int.MaxValue, Rich),
            var type => $"unsupported rich text {type}",
        };
    }

    private static string? RichText(JsonNode? node)
    {
        if (node is not JsonObject element || Text(element, "type") != "text") return "unsupported rich text element";
        if (Fields(element, "text", "style") is { } unknown) return unknown;
        if (Text(element, "text").Length == 0) return "empty text";
        return element["style"] is JsonObject style && style.Any(s => s.Key is not ("bold" or "italic" or "strike" or "code" or "underline") || s.Value!.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False)) ? "style" : null;
    }

    private static string? Object(JsonNode? node, int limit, bool markup)
    {
        if (node is not JsonObject text) return "text object missing";
        var type = Text(text, "type");
        if (type != "plain_text" && !(markup && type == "mrkdwn")) return $"text type {type}";
        if (text.Select(p => p.Key).FirstOrDefault(k => k is not ("type" or "text") && !(k == "emoji" && type == "plain_text") && !(k == "verbatim" && type == "mrkdwn")) is { } unknown) return "text." + unknown;
        var length = Text(text, "text").Length;
        return length == 0 ? "empty text" : length > limit ? $"text of {length}, at most {limit}" : null;
    }

    private static string? Fields(JsonObject block, params string[] known) =>
        block.Select(p => p.Key).FirstOrDefault(k => k is not ("type" or "block_id") && !known.Contains(k)) is { } unknown ? "unknown field " + unknown : null;

    private static string? List(JsonObject block, int least, int most, Func<JsonNode?, string?> check)
    {
        if (block["elements"] is not JsonArray elements) return "elements missing";
        if (elements.Count < least || elements.Count > most) return $"{elements.Count} elements";
        return elements.Select(check).FirstOrDefault(p => p is not null);
    }

    private static string? Unique(JsonObject block)
    {
        var ids = block["elements"]!.AsArray().Select(e => Text(e!.AsObject(), "action_id")).ToList();
        return ids.Distinct().Count() == ids.Count ? null : "action_id twice";
    }

    private static int Length(JsonNode? node) => node switch
    {
        JsonObject o => o.Where(p => p.Key != "type").Sum(p => p.Key == "text" && p.Value?.GetValueKind() == JsonValueKind.String ? p.Value.GetValue<string>().Length : Length(p.Value)),
        JsonArray a => a.Sum(Length),
        _ => 0,
    };

    private static string Text(JsonObject from, string name) => from[name]?.GetValueKind() == JsonValueKind.String ? from[name]!.GetValue<string>() : "";
}
