namespace ChatOps.Tools.Nodes;

internal sealed partial class NodeLabelTool
{
    public static readonly ToolManifest Definition = new("node_label", "fleet", "Set or remove labels of nodes.", ["node label"],
    [
        new("on", ParameterKind.Selector, "Which nodes: a name (web-1) or labels (env=prod).", Required: true, Position: 0),
        new("labels", ParameterKind.Text, "KEY=VALUE sets a label, KEY- removes it; several may be given.", Required: true, Position: 1) { Repeatable = true },
    ]) { TargetParameter = "on", Examples = ["node label web-1 role=web env=prod", "node label web-1 canary-"] };
}
