using ChatOps.Fleet;

namespace ChatOps.Tools.Nodes;

/// <summary>Sets and removes labels. Labels decide who may do what where, so this asks like any change.</summary>
internal sealed partial class NodeLabelTool(IFleetMembers members) : ITool
{
    public ToolManifest Manifest => Definition;

    public async ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var text = call.Arguments.Required("labels");
        var assessment = await ToolRisk.Change(
            "fleet.label", "Labels decide which commands and which rights reach a node.", $"Label {NodeChanges.Named(call)}: {text}", $"node label {call.Arguments.Required("on")} {text}");
        return assessment with { Problem = LabelText.TryRead(text, true, out var labels, out var problem) ? labels.Count == 0 ? "There is no label to set." : null : problem };
    }

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        LabelText.TryRead(call.Arguments.Required("labels"), true, out var labels, out _);
        return NodeChanges.ApplyAsync(call.Targets, $"labels {call.Arguments.Required("labels")}", name => members.LabelAsync(name, labels, cancellationToken));
    }
}
