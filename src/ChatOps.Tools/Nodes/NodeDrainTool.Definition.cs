namespace ChatOps.Tools.Nodes;

internal sealed partial class NodeDrainTool
{
    public static readonly ToolManifest Definition = new("node_drain", "fleet", "Give nodes no new work; what runs there goes on.", ["node drain"],
    [
        new("on", ParameterKind.Selector, "Which nodes: a name (web-1) or labels (env=prod).", Required: true, Position: 0),
    ]) { TargetParameter = "on", NeverAsks = true, Examples = ["node drain web-1"] };
}
