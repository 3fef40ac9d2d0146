using System.Globalization;
using System.Text.Json.Nodes;
using ChatOps.Testing.Schemas;
using ChatOps.Yaml;

namespace ChatOps.Tests.Deploy;

/// <summary>compose.yaml of the repository, as JSON: whole numbers and truth values of keys are such; what stands in a list is text.</summary>
internal static class ComposeFile
{
    public static JsonObject Read() => Of(YamlTreeReader.Read("compose.yaml", File.ReadAllText(RepositoryFiles.Of("compose.yaml")), [])!)!.AsObject();

    /// <summary>The services with their names.</summary>
    public static IEnumerable<(string Name, JsonObject Service)> Services(JsonObject compose) => compose["services"]!.AsObject().Select(s => (s.Key, s.Value!.AsObject()));

    /// <summary>The texts of a list, or of a map's keys.</summary>
    public static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonArray list => list.Select(i => i!.ToString()),
        JsonObject map => map.Select(e => e.Key),
        _ => [],
    };

    private static JsonNode? Of(YamlElement element) => element switch
    {
        YamlScalar { IsNull: true } => null,
        YamlScalar scalar => scalar.Text,
        YamlList list => new JsonArray([.. list.Items.Select(Of)]),
        YamlMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key, OfKey(e.Value)))),
        _ => throw new InvalidOperationException(),
    };

    private static JsonNode? OfKey(YamlElement element) => element switch
    {
        YamlScalar { Text: "true" or "false" } flag => flag.Text == "true",
        YamlScalar scalar when int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _) => JsonNode.Parse(scalar.Text),
        _ => Of(element),
    };
}
