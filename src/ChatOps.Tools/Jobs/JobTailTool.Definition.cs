using ChatOps.Jobs;

namespace ChatOps.Tools.Jobs;

internal sealed partial class JobTailTool
{
    public static readonly ToolManifest Definition = new("job_tail", "run", "Show the newest output of a job: of the nodes that work now, and of those that failed.", [JobButtons.TailCommand],
    [
        JobParameters.Id,
        new("node", ParameterKind.Text, "Only this node."),
    ])
    {
        ForEverybody = true,
        Recorded = false,
        OutOfTurn = true,
        ReadsOutside = true,
        Examples = ["job tail 01k9z3v5m8q2w7r4t6y1n0p3sd-1"],
    };
}
