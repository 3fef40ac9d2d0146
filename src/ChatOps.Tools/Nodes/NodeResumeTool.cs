using ChatOps.Fleet;

namespace ChatOps.Tools.Nodes;

/// <summary>Resumes nodes.</summary>
internal sealed partial class NodeResumeTool(IFleetMembers members) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var doubtful = call.Targets.Where(t => t.State == NodeState.Quarantined).ToList();
        return ToolRisk.Change(
            "fleet.resume",
            doubtful.Count == 0 ? "The nodes take work again." : $"It trusts what was in quarantine: {string.Join(" ", doubtful.Select(d => $"{d.Name}: {d.Alert}"))}",
            $"Resume {NodeChanges.Named(call)}", $"node resume {call.Arguments.Required("on")}");
    }

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) =>
        NodeChanges.ApplyAsync(call.Targets, "takes work again", name => members.ResumeAsync(name, cancellationToken));
}
