using ChatOps.Fleet;

namespace ChatOps.Console.Nodes;

/// <summary>The few facts that fit in a row.</summary>
internal static class NodeFacts
{
    private static readonly string[] Wanted = ["os", "cpus", "memory"];

    public static IEnumerable<string> Short(NodeInfo node)
    {
        foreach (var name in Wanted)
        {
            var fact = node.Facts.FirstOrDefault(f => string.Equals(f.Key, name, StringComparison.OrdinalIgnoreCase));
            if (fact.Value is not null) yield return name == "cpus" ? $"{fact.Value} CPUs" : fact.Value;
        }
    }
}
