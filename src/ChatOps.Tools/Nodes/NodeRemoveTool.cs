using ChatOps.Fleet;

namespace ChatOps.Tools.Nodes;

/// <summary>Removes nodes.</summary>
internal sealed partial class NodeRemoveTool(IFleetMembers members) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "fleet.remove", "What runs there is stopped, and the machines have to join anew.", $"Remove {NodeChanges.Named(call)} from the fleet", $"node remove {call.Arguments.Required("on")}");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) =>
        NodeChanges.ApplyAsync(call.Targets, "removed, its connection ended", name => members.RemoveAsync(name, cancellationToken));
}
