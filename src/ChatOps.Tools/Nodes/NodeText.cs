using ChatOps.Fleet;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Nodes;

/// <summary>Nodes in words and as data.</summary>
internal static class NodeText
{
    private const int NamesShown = 8;

    public static string State(NodeState state) => state.ToString().ToLowerInvariant();

    public static string Labels(NodeInfo node) => string.Join(" ", node.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"));

    /// <summary>Which daemons are behind the gateway, and what to do about them; <see langword="null"/> when none is.</summary>
    public static string? Upgrades(IReadOnlyCollection<NodeInfo> nodes)
    {
        var old = nodes.Where(n => n.Upgrade is not null).ToList();
        return old.Count switch
        {
            0 => null,
            1 => $"{old[0].Name}: {old[0].Upgrade}",
            _ => $"{old.Count} nodes have an older daemon than the gateway: {OutcomeText.Names([.. old.Select(n => n.Name)], NamesShown)}. "
                + "Put the gateway's version on the machines and restart the daemons; their keys, names and labels stay.",
        };
    }

    public static object Data(NodeInfo node) => new { name = node.Name, state = node.State, labels = node.Labels, kind = node.Kind, version = node.Version, upgrade = node.Upgrade, alert = node.Alert, facts = node.Facts, lastSeen = node.LastSeen };
}
