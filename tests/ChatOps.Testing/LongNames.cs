using System.Text;
using System.Text.Json.Nodes;

namespace ChatOps.Testing;

/// <summary>
/// JSON that makes a reader which keeps names by their first seven bytes and the last byte of their length take a short name for a long one: a name 256 bytes longer that begins with it
/// (dotnet/runtime pull request 133027; System.Text.Json up to 10.0).
/// </summary>
public static class LongNames
{
    private const int KeptBytes = 7;
    private const int Wrap = 256;

    /// <summary>For each field with a short name: the text with the longer name before it, to be read first, and the text with that field at its object's end, where a confusion would cost it.</summary>
    public static IEnumerable<(string Name, byte[] Longer, byte[] Last)> Of(ReadOnlySpan<byte> json)
    {
        var root = JsonNode.Parse(json)!;
        return from place in Enumerable.Range(0, Objects(root).Count())
               from name in Objects(root).ElementAt(place).Select(p => p.Key)
               where name.Length <= KeptBytes
               select (name, Text(root, place, o => Insert(o, name)), Text(root, place, o => Move(o, name)));
    }

    private static void Insert(JsonObject place, string name) => place.Insert(place.IndexOf(name), name.PadRight(KeptBytes, '\0').PadRight(name.Length + Wrap, 'x'), 1);

    private static void Move(JsonObject place, string name)
    {
        var value = place[name];
        place.Remove(name);
        place.Add(name, value);
    }

    private static byte[] Text(JsonNode root, int place, Action<JsonObject> change)
    {
        var changed = root.DeepClone();
        change(Objects(changed).ElementAt(place));
        return Encoding.UTF8.GetBytes(changed.ToJsonString());
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Objects(p.Value)).Prepend(o),
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };
}
