namespace ChatOps.Tools.Jobs;

internal sealed partial class JobShowTool
{
    public static readonly ToolManifest Definition = new("job_show", "run", "Show a job with every one of its nodes: how it is there, and for how long.", ["job show"], [JobParameters.Id])
    {
        ForEverybody = true,
        Recorded = false,
        OutOfTurn = true,
        Examples = ["job show 01k9z3v5m8q2w7r4t6y1n0p3sd-1"],
    };
}
