using ChatOps.Fleet;
using ChatOps.Messages;

namespace ChatOps.Tools.Nodes;

/// <summary>Lists nodes.</summary>
internal sealed partial class NodesTool(INodes nodes) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List nodes");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var (all, shown, refusal) = ChosenNodes.Of(nodes, call.Arguments.Text("on"));
        if (refusal is not null) return Task.FromResult(refusal);
        var rows = shown.Select(n => (IReadOnlyList<string>)[n.Name, NodeText.State(n.State), NodeText.Labels(n), n.Facts.GetValueOrDefault("os", ""), n.Version, $"{n.LastSeen:yyyy-MM-dd HH:mm} UTC"]).ToList();
        var summary = shown.Count == all.Count ? $"{all.Count} node{(all.Count == 1 ? "" : "s")}" : $"{shown.Count} of {all.Count} nodes";
        var blocks = new List<Block> { new TextBlock(summary), new TableBlock(["Node", "State", "Labels", "System", "Version", "Last seen"], rows) };
        if (NodeText.Upgrades(shown) is { } upgrades) blocks.Add(new TextBlock(PlainText.Escape(upgrades)));
        return Task.FromResult(ToolAnswer.Done(
            summary,
            new RichMessage(blocks),
            shown.Select(NodeText.Data).ToList()));
    }
}
