namespace ChatOps.Tools.Nodes;

internal sealed partial class NodeShowTool
{
    public static readonly ToolManifest Definition = new("node_show", "nodes", "Show one node: facts, labels, recent work.", ["node show"],
    [
        new("name", ParameterKind.Text, "The node's name.", Required: true, Position: 0),
    ]) { Recorded = false, Examples = ["node show local"] };
}
