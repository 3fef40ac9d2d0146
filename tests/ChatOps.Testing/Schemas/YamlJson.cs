using System.Text.Json.Nodes;
using ChatOps.Yaml;

namespace ChatOps.Testing.Schemas;

/// <summary>A YAML text as a schema sees it: maps, lists and texts.</summary>
internal static class YamlJson
{
    public static JsonNode? Of(string text) => Of(YamlTreeReader.Read("text", text, [])!);

    private static JsonNode? Of(YamlElement element) => element switch
    {
        YamlScalar { IsNull: true } => null,
        YamlScalar scalar => scalar.Text,
        YamlList list => new JsonArray([.. list.Items.Select(Of)]),
        YamlMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key, Of(e.Value)))),
        _ => throw new InvalidOperationException(),
    };
}
