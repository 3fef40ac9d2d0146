namespace ChatOps.Tools.Run;

internal sealed partial class RunTool
{
    public static readonly ToolManifest Definition = new("run", "run", "Run a command line on nodes.", ["run", "fleet exec"],
    [
        new("command_line", ParameterKind.CommandLine, "The command line, as you would type it in a shell.", Required: true, Position: 0) { Unless = "rerun" },
        new("on", ParameterKind.Selector, "Which nodes: a name (local), labels (env=prod,role=web) or all.", Required: true) { Unless = "rerun" },
        new("node", ParameterKind.Text, "Short for --on node=NAME."),
        new("tag", ParameterKind.Text, "Short for --on KEY=VALUE; may be given more than once.") { Repeatable = true },
        new("env", ParameterKind.Text, "Short for --on env=VALUE."),
        new("timeout", ParameterKind.Duration, "Stop it on a node after this time (for example 30s or 5m)."),
        new("cwd", ParameterKind.Text, "Working directory on the node, as an absolute path."),
        new("parallel", ParameterKind.Number, "How many nodes work at once; at most and by default Fleet:MaxParallel."),
        new("serial", ParameterKind.Flag, "One node after the other."),
        new("delay", ParameterKind.Duration, "Time between the start on one node and on the next."),
        new("batch", ParameterKind.Text, "Nodes in a batch, as a number or a percentage; the next batch begins when all of one has ended."),
        new("max_failures", ParameterKind.Text, "Begin no more nodes when more than this number or percentage did not succeed."),
        new("dry_run", ParameterKind.Flag, "Run nothing: show the nodes, what would run, its risk and who would be asked."),
        new("rerun", ParameterKind.Text, "Repeat an earlier run where it did not succeed: failed (the newest here) or INVOCATION:failed. Never where the end is unknown."),
    ])
    {
        TargetParameter = "on",
        IsJob = true,
        ReadsOutside = true,
        Examples =
        [
            "run uptime --on local", "run \"journalctl -u cron -n 20 | grep -i error\" --on local", "run systemctl restart cron --on local",
            "run apt-get -y upgrade --on env=prod --batch 20% --max-failures 2", "run --rerun failed",
        ],
    };
}
