using ChatOps.Fleet;

namespace ChatOps.Tools.Nodes;

/// <summary>Nodes in words and as data.</summary>
internal static class NodeText
{
    public static string State(NodeState state) => state.ToString().ToLowerInvariant();

    public static string Labels(NodeInfo node) => string.Join(" ", node.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"));

    public static object Data(NodeInfo node) => new { name = node.Name, state = node.State, labels = node.Labels, kind = node.Kind, version = node.Version, alert = node.Alert, facts = node.Facts, lastSeen = node.LastSeen };
}
