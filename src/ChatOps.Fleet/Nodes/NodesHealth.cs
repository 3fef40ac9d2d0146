using ChatOps.Diagnostics;

namespace ChatOps.Fleet.Nodes;

/// <summary>Says which nodes take work.</summary>
internal sealed class NodesHealth(INodes nodes) : IHealthPart
{
    private const int MaxNamed = 5;

    public string Name => "nodes";

    public Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var all = nodes.All();
        var offline = all.Where(n => n.State == NodeState.Offline).Select(n => n.Name).ToList();
        var facts = Enum.GetValues<NodeState>().ToDictionary(
            state => state.ToString().ToLowerInvariant(),
            state => all.Count(n => n.State == state).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var alerts = all.Where(n => n.Alert is not null).ToList();
        return Task.FromResult(all.Count == 0
            ? new PartHealth(PartState.Degraded, "No node: commands have nowhere to run. Set Fleet:LocalNode:Enabled to true, or let a machine join: node token create", facts)
            : alerts.Count > 0
                ? new(PartState.Degraded, $"{Named([.. alerts.Select(n => n.Name)])} to be looked at: {alerts[0].Alert}", facts)
            : offline.Count > 0
                ? new(PartState.Degraded, $"{offline.Count} of {all.Count} nodes not connected: {Named(offline)}", facts)
                : new(PartState.Ok, $"{all.Count} {(all.Count == 1 ? "node" : "nodes")}: {Named([.. all.Select(n => n.Name)])}", facts));
    }

    private static string Named(List<string> names) =>
        string.Join(", ", names.Take(MaxNamed)) + (names.Count > MaxNamed ? $" and {names.Count - MaxNamed} more" : "");
}
