using System.Text;
using System.Text.Json.Nodes;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>Payloads that are nearly right: bytes flipped, cut and doubled; values replaced by others, huge, deep or of another kind; fields gone.</summary>
internal static class Mutation
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "1e999", "123456789012345678901234567890", "\"\"", "\"lone\"", "\"\\u0000\\u202e<@1>\"", "[]", "{}", "[[[[[[[[]]]]]]]]", "{\"id\":\"1\"}", "\"x\"", "0.5",
    ];

    /// <summary>A mutation of a JSON text.</summary>
    public static byte[] Of(byte[] json, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                var flipped = (byte[])json.Clone();
                for (var i = random.Next(1, 4); i > 0; i--) flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
                return flipped;
            case 1:
                return json[..random.Next(json.Length)];
            case 2:
                return Encoding.UTF8.GetBytes(new string('[', random.Next(1, 5000)) + (random.Next(2) == 0 ? new string(']', 5000) : ""));
            default:
                var node = JsonNode.Parse(json)!;
                for (var i = random.Next(1, 4); i > 0; i--) Change(node, random);
                return Encoding.UTF8.GetBytes(node.ToJsonString().Replace("\"lone\"", "\"\\ud800\"", StringComparison.Ordinal));
        }
    }

    private static void Change(JsonNode node, Random random)
    {
        var objects = Objects(node).Where(o => o.Count > 0).ToList();
        if (objects.Count == 0) return;
        var place = objects[random.Next(objects.Count)];
        var name = place.ElementAt(random.Next(place.Count)).Key;
        if (random.Next(3) == 0) place.Remove(name);
        else place[name] = random.Next(20) == 0 ? JsonValue.Create(new string('A', 70_000)) : Value(Values[random.Next(Values.Length)]);
    }

    private static JsonNode? Value(string text) => JsonNode.Parse(text);

    private static IEnumerable<JsonObject> Objects(JsonNode? node)
    {
        if (node is JsonObject thing) yield return thing;
        var children = node switch
        {
            JsonObject o => o.Select(p => p.Value),
            JsonArray a => a,
            _ => Enumerable.Empty<JsonNode?>(),
        };
        foreach (var inner in children.SelectMany(Objects)) yield return inner;
    }
}
