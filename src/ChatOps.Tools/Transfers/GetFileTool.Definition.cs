namespace ChatOps.Tools.Transfers;

internal sealed partial class GetFileTool
{
    public static readonly ToolManifest Definition = new("get_file", "machines", "Get a file of a node, checked by its hash.", ["get_file"],
    [
        new("path", ParameterKind.Text, "The file on the node, as an absolute path.", Required: true, Position: 0),
        new("on", ParameterKind.Selector, "The node: one at a time.", Required: true),
        new("timeout", ParameterKind.Duration, "Give up after this time (for example 5m)."),
    ])
    { OnlyReads = true, TargetParameter = "on", ReadsOutside = true, GivesFile = true, Examples = ["get_file /var/log/syslog --on web-1 --output syslog.txt"] };
}
