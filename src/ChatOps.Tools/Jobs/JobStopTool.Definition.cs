using ChatOps.Jobs;

namespace ChatOps.Tools.Jobs;

internal sealed partial class JobStopTool
{
    public static readonly ToolManifest Definition = new("job_stop", "run", "Stop one job: what runs is cancelled on its nodes, and no further node begins.", [JobButtons.StopCommand],
        [JobParameters.Id])
    {
        // Who may is decided job by job: who asked for it, who may run commands on its nodes, and whoever is in its conversation.
        ForEverybody = true,
        NeverAsks = true,
        OutOfTurn = true,
        Examples = ["job stop 01k9z3v5m8q2w7r4t6y1n0p3sd-1"],
    };
}
