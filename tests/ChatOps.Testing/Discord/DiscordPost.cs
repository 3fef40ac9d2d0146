using System.Text.Json.Nodes;

namespace ChatOps.Testing.Discord;

/// <summary>A message in the server's memory.</summary>
public sealed class DiscordPost
{
    public required string Id { get; init; }

    public required string Channel { get; init; }

    public required string Author { get; init; }

    public string Content { get; set; } = "";

    public JsonArray Components { get; set; } = [];

    public int Flags { get; set; }

    public string? Nonce { get; init; }

    public string? Answers { get; init; }

    /// <summary>Who alone sees it; null for everybody.</summary>
    public string? OnlyFor { get; init; }

    public List<DiscordStoredFile> Files { get; set; } = [];

    public int Edits { get; set; }

    public bool Deleted { get; set; }

    /// <summary>All words that a reader sees, in order.</summary>
    public string Text => string.Join('\n', new[] { Content }.Concat(Walk(Components).Where(c => (int?)c["type"] == 10).Select(c => (string)c["content"]!)).Where(t => t.Length > 0));

    /// <summary>The ids of its buttons.</summary>
    public IReadOnlyList<string> Buttons => [.. Walk(Components).Where(c => (int?)c["type"] == 2).Select(c => (string)c["custom_id"]!)];

    /// <summary>All components, the nested ones too.</summary>
    public static IEnumerable<JsonObject> Walk(JsonArray? components)
    {
        foreach (var component in (components ?? []).OfType<JsonObject>())
        {
            yield return component;
            foreach (var inner in Walk(component["components"] as JsonArray)) yield return inner;
        }
    }
}
