using ChatOps.Fleet;
using ChatOps.Tools.Jobs;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Machines;

/// <summary>Does the same on every node of a call, many at a time, with one live picture and one report in which every node stands once.</summary>
internal sealed class TargetRuns(NodeRunner runner, LiveJobs jobs, ToolsOptions options, TimeProvider time)
{
    /// <summary>What one node does; answers with a value whatever happens.</summary>
    /// <param name="node">The node.</param>
    /// <param name="output">Who watches.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public delegate Task<NodeRun> OneNode(NodeInfo node, IExecutionOutput output, CancellationToken cancellationToken);

    /// <summary>Does it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="progress">Who watches.</param>
    /// <param name="streams">Whether the outputs of many are shown as they come; that of one always is.</param>
    /// <param name="one">What one node does.</param>
    /// <param name="cancellationToken">Begins no more, and stops what runs.</param>
    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, bool streams, OneNode one, CancellationToken cancellationToken)
    {
        var runs = await AllAsync(call, progress, streams, one, cancellationToken);
        var whole = runs.Count > 1 && RunMessage.LeavesOut(runs) ? await runner.KeepAllAsync(call, runs) : null;
        return RunReport.Of(runs, whole, JobPicture.Page(call.InvocationId, options.PublicUrl), jobs.Safe, cancellationToken.IsCancellationRequested);
    }

    /// <summary>Does it, and leaves the report to the caller.</summary>
    public async Task<IReadOnlyList<NodeRun>> AllAsync(ToolCall call, IToolProgress progress, bool streams, OneNode one, CancellationToken cancellationToken)
    {
        using var live = jobs.Begin(call, call.Assessment?.Title ?? "", progress, streams);
        if (call.Targets is [var only]) return [await OneAsync(only, cancellationToken)];
        return await new FanOut(new FanOutControl(options.MaxParallel, TimeSpan.Zero, null, null), time).RunAsync(call.Targets, OneAsync, cancellationToken);

        async Task<NodeRun> OneAsync(NodeInfo node, CancellationToken stop)
        {
            var run = await one(node, live.Begin(node.Name), stop);
            live.End(run);
            return run;
        }
    }
}
