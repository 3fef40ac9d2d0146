namespace ChatOps.Tools.Transfers;

internal sealed partial class PutFileTool
{
    public static readonly ToolManifest Definition = new("put_file", "machines", "Put a file on nodes: checked by its hash, replaced in one step.", ["put_file"],
    [
        new("path", ParameterKind.Text, "Where it goes on the node, as an absolute path.", Required: true, Position: 0),
        new("file", ParameterKind.Text, "The file: its path on a command line; over HTTP the id of an upload (POST /api/uploads).") { IsUpload = true },
        new("content", ParameterKind.Text, "Its content as text, instead of a file."),
        new("on", ParameterKind.Selector, "Which nodes: a name (local), labels (env=prod,role=web) or all.", Required: true),
        new("mode", ParameterKind.Text, "Its mode, such as 0640; left out, the one that the file has, or 0644."),
        new("owner", ParameterKind.Text, "Its owner, such as root or www-data:www-data; left out, the one that the file has."),
        new("backup", ParameterKind.Flag, "Keep the file that was there beside it, with the time in its name."),
        new("timeout", ParameterKind.Duration, "Give up on a node after this time (for example 5m)."),
        new("dry_run", ParameterKind.Flag, "Change nothing: show what would change."),
    ])
    {
        TargetParameter = "on",
        PostCondition = new("the file has the new content", (call, node) => new PostCheck(StatFileTool.Definition.Name, new Dictionary<string, string>
        {
            ["path"] = call.Arguments.Required("path"), ["on"] = $"node={node!.Name}", ["sha256"] = call.Assessment!.RunsAs[FileAfter]["sha256:".Length..],
        })),
        Examples = ["put_file /etc/motd --content 'Hello' --on web-1 --backup", "put_file /etc/nginx/nginx.conf --file nginx.conf --on role=web --dry-run"],
    };
}
