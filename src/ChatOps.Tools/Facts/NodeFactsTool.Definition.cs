namespace ChatOps.Tools.Facts;

internal sealed partial class NodeFactsTool
{
    public static readonly ToolManifest Definition = new("node_facts", "machines", "Show facts of nodes: system, kernel, CPU, memory, disks, load, uptime, version of the daemon.", ["node facts"],
    [
        new("on", ParameterKind.Selector, "Which nodes: a name (local), labels (env=prod,role=web) or all.", Required: true, Position: 0),
    ])
    { OnlyReads = true, TargetParameter = "on", Examples = ["node facts all", "node facts role=web"] };
}
