using ChatOps.Fleet;
using ChatOps.Policy;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Machines;

/// <summary>Finds the file that a path really means on a node. A link must not lead to what the policy would have asked about.</summary>
internal sealed class RealPaths(ICommandRisk commands, NodeRunner runner)
{
    private const int ShortOutput = 8 * 1024;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(20);

    /// <summary>Resolves every link of a path.</summary>
    /// <param name="call">The call.</param>
    /// <param name="node">Where.</param>
    /// <param name="path">The path as given.</param>
    /// <param name="line">The line that would use a path.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The path, or why not.</returns>
    public async Task<(string Path, NodeRun? Refused)> FindAsync(ToolCall call, NodeInfo node, string path, Func<string, string> line, CancellationToken cancellationToken)
    {
        var found = await runner.RunAsync(
            call, node, NodeCommand.Of("readlink", "-f", "--", path) with { Step = "path", Timeout = Time, Risk = Risk.Read, Limits = new OutputLimits(ShortOutput, 0, 0, null) }, NoOutput.Instance, cancellationToken);
        if (found.Outcome != NodeOutcome.Ok)
            return (path, found.Result.End == ExecutionEnd.Exited ? NodeRun.Without(node.Name, ExecutionEnd.NotStarted, $"{path} is not there, or its user on {node.Name} may not look.") : found);
        var real = found.Result.Output.TrimEnd('\n');
        if (real == path) return (path, null);
        if (MachineText.PathProblem("path", real) is { } problem) return (path, NodeRun.Without(node.Name, ExecutionEnd.Refused, $"{path} leads to a file that cannot be used. {problem}"));
        var judged = commands.Assess(line(real));
        return judged.Risk > call.Assessment!.Risk
            ? (path, NodeRun.Without(node.Name, ExecutionEnd.Refused, $"{path} leads to {real} on {node.Name}, and that needs a decision of its own ({judged.Rule}): ask for that path."))
            : (real, null);
    }
}
