using ChatOps.Checks;

namespace ChatOps.Tools.Checks;

internal sealed partial class CheckProbeTool
{
    public static readonly ToolManifest Definition = new(CheckService.ProbeTool, "checks", "Look at nodes with a command line that only reads, as checks do. Whatever does more is refused.", ["check probe"],
    [
        new("command_line", ParameterKind.CommandLine, "The command line; it must only read.", Required: true, Position: 0),
        new("on", ParameterKind.Selector, "Which nodes: a name (local), labels (env=prod,role=web) or all.", Required: true),
        new("timeout", ParameterKind.Duration, "Stop it on a node after this time (for example 10s)."),
    ])
    { TargetParameter = "on", ReadsOutside = true, Examples = ["check probe df -Pk / --on all"] };
}
