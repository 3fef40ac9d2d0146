using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Testing.Schemas;

namespace ChatOps.Tests.Fleet;

/// <summary>The messages of protocol 1 as they were recorded, and the same with other values: what a peer of that time sends.</summary>
internal static class RecordedFrames
{
    /// <summary>Every line by its name, byte for byte.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = File.ReadLines(RepositoryFiles.Of("tests/ChatOps.Tests/Fleet/Recorded/protocol-1.txt"))
        .Where(l => !l.StartsWith('#')).Select(l => l.Split(' ', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);

    /// <summary>A recorded message with values of its own for some members; a <see langword="null"/> takes a member away that a peer of another version does not know.</summary>
    public static string With(string name, params (string Member, JsonNode? Value)[] changes)
    {
        var message = JsonNode.Parse(All[name])!.AsObject();
        foreach (var (member, value) in changes)
        {
            if (!message.ContainsKey(member)) throw new ArgumentException($"A recorded {name} has no {member}.", nameof(changes));
            if (value is null) message.Remove(member);
            else message[member] = value;
        }

        // What neither end knows: the peer of another version has members of its own.
        message["notKnownHere"] = new JsonObject { ["deep"] = new JsonArray(1, "two") };
        return message.ToJsonString();
    }

    public static byte[] Bytes(string message) => Encoding.UTF8.GetBytes(message);

    public static JsonNode Base64(ReadOnlySpan<byte> bytes) => JsonValue.Create(Convert.ToBase64String(bytes));

    /// <summary>Whether a message has everything that a recorded one had, with the same kinds of values.</summary>
    public static string? Lacks(JsonElement recorded, JsonElement now, string path = "")
    {
        if (recorded.ValueKind == JsonValueKind.Null) return null;
        if (recorded.ValueKind != now.ValueKind && !(IsBoolean(recorded) && IsBoolean(now))) return $"{path}: was {recorded.ValueKind}, is {now.ValueKind}";
        if (recorded.ValueKind != JsonValueKind.Object) return null;
        foreach (var member in recorded.EnumerateObject())
        {
            if (!now.TryGetProperty(member.Name, out var there)) return $"{path}.{member.Name} is gone";
            if (Lacks(member.Value, there, $"{path}.{member.Name}") is { } lack) return lack;
        }

        return null;
    }

    private static bool IsBoolean(JsonElement element) => element.ValueKind is JsonValueKind.True or JsonValueKind.False;
}
