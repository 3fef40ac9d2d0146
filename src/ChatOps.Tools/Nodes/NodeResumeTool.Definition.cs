namespace ChatOps.Tools.Nodes;

internal sealed partial class NodeResumeTool
{
    public static readonly ToolManifest Definition = new("node_resume", "fleet", "Give nodes work again; ends a quarantine.", ["node resume"],
    [
        new("on", ParameterKind.Selector, "Which nodes: a name (web-1) or labels (env=prod).", Required: true, Position: 0),
    ]) { TargetParameter = "on", Examples = ["node resume web-1"] };
}
