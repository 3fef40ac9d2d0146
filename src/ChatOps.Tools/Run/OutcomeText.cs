using System.Globalization;
using ChatOps.Fleet;

namespace ChatOps.Tools.Run;

/// <summary>Outcomes in words: the same ones for people and for programs.</summary>
internal static class OutcomeText
{
    public static string Word(NodeOutcome outcome) => outcome switch
    {
        NodeOutcome.Ok => "ok",
        NodeOutcome.Failed => "failed",
        NodeOutcome.TimedOut => "timed-out",
        NodeOutcome.Unreachable => "unreachable",
        NodeOutcome.Refused => "refused",
        NodeOutcome.NotStarted => "not-started",
        _ => "unknown",
    };

    public static string End(ExecutionResult result) => result.End switch
    {
        ExecutionEnd.Exited => $"exit {result.ExitCode}",
        ExecutionEnd.TimedOut => "timed out",
        ExecutionEnd.Cancelled => "stopped",
        ExecutionEnd.NotStarted => "not started",
        ExecutionEnd.Refused => "refused by the node",
        ExecutionEnd.Unreachable => "unreachable",
        _ => "outcome unknown",
    };

    public static FailureCode Code(ExecutionResult result) => result.End switch
    {
        ExecutionEnd.Exited => FailureCode.ExitStatus,
        ExecutionEnd.TimedOut => FailureCode.TimedOut,
        ExecutionEnd.Cancelled => FailureCode.Cancelled,
        ExecutionEnd.Unreachable => FailureCode.NodeUnreachable,
        ExecutionEnd.Refused => FailureCode.NotAllowed,
        ExecutionEnd.Unknown => FailureCode.Interrupted,
        _ => FailureCode.ToolFailed,
    };

    public static string Seconds(TimeSpan duration) => duration.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");

    /// <summary>The first names and how many more.</summary>
    public static string Names(IReadOnlyCollection<string> names, int shown) =>
        string.Join(", ", names.Take(shown)) + (names.Count > shown ? $" and {names.Count - shown} more" : "");
}
