using ChatOps.Fleet;

namespace ChatOps.Checks.Probes;

/// <summary>What one node answered to a look, as <see cref="CheckService.ProbeTool"/> tells it.</summary>
/// <param name="Node">The node.</param>
/// <param name="End">How the command ended.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed, redacted.</param>
/// <param name="Message">Why there is no output.</param>
internal sealed record NodeAnswer(string Node, ExecutionEnd End, int? ExitCode, string Output, string? Message)
{
    /// <summary>Whether the node could not be reached or takes no work.</summary>
    public bool IsAway => End is ExecutionEnd.Unreachable;

    /// <summary>The lines of the output that are not empty.</summary>
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
