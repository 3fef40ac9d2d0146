namespace ChatOps.Tools.Transfers;

internal sealed partial class StatFileTool
{
    public static readonly ToolManifest Definition = new("stat_file", "machines", "Show what a file on nodes is: its size, mode, owner and SHA-256.", ["stat_file"],
    [
        new("path", ParameterKind.Text, "The file on the node, as an absolute path.", Required: true, Position: 0),
        new("on", ParameterKind.Selector, "Which nodes: a name (local), labels (env=prod,role=web) or all.", Required: true),
        new("sha256", ParameterKind.Text, "Fail on nodes where the file has another SHA-256, or is not there."),
        new("timeout", ParameterKind.Duration, "Give up on a node after this time (for example 5m)."),
    ])
    { OnlyReads = true, TargetParameter = "on", ReadsOutside = true, Examples = ["stat_file /etc/nginx/nginx.conf --on role=web"] };
}
