namespace ChatOps.Tools.Nodes;

internal sealed partial class NodeRemoveTool
{
    public static readonly ToolManifest Definition = new("node_remove", "fleet", "Remove nodes: stops what runs there and ends their membership.", ["node remove"],
    [
        new("on", ParameterKind.Selector, "Which nodes: a name (web-1) or labels (env=prod).", Required: true, Position: 0),
    ]) { TargetParameter = "on", Examples = ["node remove web-1"] };
}
