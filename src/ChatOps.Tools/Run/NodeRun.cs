using ChatOps.Fleet;

namespace ChatOps.Tools.Run;

/// <summary>What happened on one node.</summary>
internal sealed record NodeRun(string Node, ExecutionResult Result, KeptOutput? Kept)
{
    public NodeOutcome Outcome => Result.End switch
    {
        ExecutionEnd.Exited => Result.ExitCode == 0 ? NodeOutcome.Ok : NodeOutcome.Failed,
        ExecutionEnd.Cancelled => NodeOutcome.Failed,
        ExecutionEnd.TimedOut => NodeOutcome.TimedOut,
        ExecutionEnd.Unreachable => NodeOutcome.Unreachable,
        ExecutionEnd.Refused => NodeOutcome.Refused,
        ExecutionEnd.NotStarted => NodeOutcome.NotStarted,
        _ => NodeOutcome.Unknown,
    };

    /// <summary>A node on which nothing was begun.</summary>
    public static NodeRun NotBegun(string node, string why) => Without(node, ExecutionEnd.NotStarted, why);

    /// <summary>A node of which nothing but this is known.</summary>
    public static NodeRun Without(string node, ExecutionEnd end, string why) =>
        new(node, new ExecutionResult(end, null, "", 0, 0, null, TimeSpan.Zero, why), null);
}
