using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace ChatOps.Testing;

/// <summary>
/// JSON that makes a reader which keeps names by their first seven bytes and the last byte of their length take a short name for a long one: a name 256 bytes longer that begins with it
/// (dotnet/runtime pull request 133027; System.Text.Json up to 10.0).
/// </summary>
public static class LongNames
{
    private const int KeptBytes = 7;
    private const int Wrap = 256;

    /// <summary>Looks, for each field with a short name, whether a text with the longer name changes how the text itself is read afterwards, with that field at its object's end, where a confusion would cost it.</summary>
    /// <param name="text">JSON that <paramref name="read"/> understands.</param>
    /// <param name="read">What was understood, as text.</param>
    public static void DoNotHarm(byte[] text, Func<byte[], string> read)
    {
        var root = JsonNode.Parse(text)!;
        var whole = read(text);
        Assert.NotEqual("", whole);
        for (var place = 0; place < Objects(root).Count(); place++)
        {
            foreach (var name in Objects(root).ElementAt(place).Select(p => p.Key).Where(n => n.Length <= KeptBytes).ToList())
            {
                _ = read(Text(root, place, o => Insert(o, name)));
                Assert.True(read(Text(root, place, o => Move(o, name))) == whole, $"{name} of {Encoding.UTF8.GetString(text)}");
            }
        }
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
