using System.Text.Json.Nodes;

namespace ChatOps.Testing.Slack;

/// <summary>What a person reads of a block.</summary>
internal static class SlackReading
{
    public static string Of(JsonObject block) => block["type"]!.GetValue<string>() switch
    {
        "rich_text" => string.Join('\n', block["elements"]!.AsArray().Select(e => Element(e!.AsObject()))),
        "header" or "section" => block["text"]!["text"]!.GetValue<string>(),
        "context" => string.Join(' ', block["elements"]!.AsArray().Select(e => e!["text"]!.GetValue<string>())),
        _ => "",
    };

    private static string Element(JsonObject element)
    {
        var inner = element["elements"]!.AsArray();
        return element["type"]!.GetValue<string>() == "rich_text_list"
            ? string.Join('\n', inner.Select((e, i) => (element["style"]!.GetValue<string>() == "ordered" ? $"{i + 1 + (element["offset"]?.GetValue<int>() ?? 0)}. " : "• ") + Texts(e!["elements"]!.AsArray())))
            : Texts(inner);
    }

    private static string Texts(JsonArray elements) => string.Concat(elements.Select(e => e!["text"]!.GetValue<string>()));
}
