using ChatOps.Fleet;

namespace ChatOps.Tools.Nodes;

/// <summary>Drains nodes. It only takes away, and often must be quick: it never asks.</summary>
internal sealed partial class NodeDrainTool(IFleetMembers members) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) =>
        ToolRisk.Change("fleet.drain", "The nodes take no new work.", $"Drain {NodeChanges.Named(call)}", $"node drain {call.Arguments.Required("on")}");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) =>
        NodeChanges.ApplyAsync(call.Targets, "drained, no new work", name => members.DrainAsync(name, cancellationToken));
}
