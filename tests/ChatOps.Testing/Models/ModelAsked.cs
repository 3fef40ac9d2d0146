using System.Text.Json.Nodes;

namespace ChatOps.Testing.Models;

/// <summary>A request that a model server took.</summary>
/// <param name="Path">Where it came in.</param>
/// <param name="Body">What it holds.</param>
/// <param name="Headers">Its headers.</param>
public sealed record ModelAsked(string Path, JsonObject Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The model.</summary>
    public string Model => Body["model"]!.GetValue<string>();

    /// <summary>Whether it is to be streamed.</summary>
    public bool Streams => Body["stream"]?.GetValue<bool>() == true;

    /// <summary>The messages.</summary>
    public JsonArray Messages => Body["messages"]!.AsArray();

    /// <summary>The names of the tools.</summary>
    public IReadOnlyList<string> Tools => [.. (Body["tools"]?.AsArray() ?? []).Select(t => (t!["function"] ?? t)["name"]!.GetValue<string>())];

    /// <summary>The text of the last message, a tool's result too.</summary>
    public string LastText => TextOf(Messages[^1]!["content"]);

    /// <summary>The system prompt.</summary>
    public string System => Body["system"] is { } system ? TextOf(system)
        : string.Join('\n', Messages.Where(m => m!["role"]!.GetValue<string>() is "system" or "developer").Select(m => TextOf(m!["content"])));

    private static string TextOf(JsonNode? content) => content switch
    {
        JsonValue text => text.GetValue<string>(),
        JsonArray parts => string.Concat(parts.Select(p => p!["text"]?.GetValue<string>() ?? TextOf(p["content"]))),
        _ => "",
    };
}
