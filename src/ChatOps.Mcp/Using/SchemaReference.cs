using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOps.Mcp.Using;

/// <summary>References of a server's schema. They lead into the schema itself or nowhere: nothing is fetched.</summary>
internal static class SchemaReference
{
    /// <summary>How many references may lead from one to the next where they are written out.</summary>
    public const int MaxDepth = 8;

    /// <summary>Parts of a schema that are written out; what is beyond is open.</summary>
    public const int MaxParts = 2_000;

    private const string Keyword = "$ref";

    /// <summary>Where a part of a schema refers to; null when it refers to nothing that is there.</summary>
    public static JsonElement? Target(JsonElement root, JsonElement part)
    {
        if (!part.TryGetProperty(Keyword, out var reference) || reference.ValueKind != JsonValueKind.String) return null;
        var text = reference.GetString()!;
        if (text != "#" && !text.StartsWith("#/", StringComparison.Ordinal)) return null;
        var found = root;
        foreach (var step in text.Split('/').Skip(1).Select(s => Uri.UnescapeDataString(s).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty(step, out var member)) found = member;
            else if (found.ValueKind == JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < found.GetArrayLength()) found = found[index];
            else return null;
        }

        return found;
    }

    /// <summary>A part of a schema that stands by itself: what it refers to is written out in its place, and left open where that would have no end.</summary>
    public static string WrittenOut(JsonElement root, JsonElement part)
    {
        var parts = 0;
        return Write(root, part, 0, ref parts)?.ToJsonString() ?? "{}";
    }

    private static JsonNode? Write(JsonElement root, JsonElement part, int depth, ref int parts)
    {
        if (++parts > MaxParts) return new JsonObject();
        if (part.ValueKind == JsonValueKind.Array)
        {
            var list = new JsonArray();
            foreach (var item in part.EnumerateArray()) list.Add(Write(root, item, depth, ref parts));
            return list;
        }

        if (part.ValueKind != JsonValueKind.Object) return JsonNode.Parse(part.GetRawText());
        var isReference = part.TryGetProperty(Keyword, out var reference) && reference.ValueKind == JsonValueKind.String;
        var written = isReference && depth < MaxDepth && Target(root, part) is { } target && Write(root, target, depth + 1, ref parts) is JsonObject known ? known : [];
        foreach (var member in part.EnumerateObject())
            if (!isReference || member.Name != Keyword) written[member.Name] = Write(root, member.Value, depth, ref parts);
        return written;
    }
}
