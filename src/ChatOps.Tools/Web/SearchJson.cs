using System.Text.Json;

namespace ChatOps.Tools.Web;

/// <summary>Reads lists of results: objects with <c>title</c>, <c>url</c> and an extract.</summary>
internal static class SearchJson
{
    /// <summary>The property <c>results</c> of an object.</summary>
    /// <exception cref="JsonException">It is not there.</exception>
    public static IReadOnlyList<WebResult> Results(JsonElement owner, string extract)
    {
        if (owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty("results", out var results) || results.ValueKind != JsonValueKind.Array) throw new JsonException("There is no list of results.");
        return [.. results.EnumerateArray().Select(r => new WebResult(Text(r, "title"), Text(r, "url"), Text(r, extract))).Where(r => r.Address.Length > 0)];
    }

    private static string Text(JsonElement result, string name) =>
        result.ValueKind == JsonValueKind.Object && result.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
