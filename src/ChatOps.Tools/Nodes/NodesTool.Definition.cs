namespace ChatOps.Tools.Nodes;

internal sealed partial class NodesTool
{
    public static readonly ToolManifest Definition = new("nodes", "nodes", "List nodes with state and labels.", ["node list", "nodes"],
    [
        new("on", ParameterKind.Selector, "Only these nodes.", Position: 0),
    ]) { Recorded = false, Examples = ["nodes", "nodes env=prod"] };
}
