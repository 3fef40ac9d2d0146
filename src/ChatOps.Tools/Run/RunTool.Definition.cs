namespace ChatOps.Tools.Run;

internal sealed partial class RunTool
{
    public static readonly ToolManifest Definition = new("run", "run", "Run a command line on nodes.", ["run"],
    [
        new("command_line", ParameterKind.CommandLine, "The command line, as you would type it in a shell.", Required: true, Position: 0),
        new("on", ParameterKind.Selector, "Which nodes: a name (local), labels (env=prod,role=web) or all.", Required: true),
        new("node", ParameterKind.Text, "Short for --on node=NAME."),
        new("tag", ParameterKind.Text, "Short for --on KEY=VALUE; may be given more than once.") { Repeatable = true },
        new("env", ParameterKind.Text, "Short for --on env=VALUE."),
        new("timeout", ParameterKind.Duration, "Stop it after this time (for example 30s or 5m)."),
        new("cwd", ParameterKind.Text, "Working directory on the node, as an absolute path."),
    ])
    {
        TargetParameter = "on",
        Examples = ["run uptime --on local", "run \"journalctl -u cron -n 20 | grep -i error\" --on local", "run systemctl restart cron --on local"],
    };
}
