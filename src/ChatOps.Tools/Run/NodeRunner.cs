using ChatOps.Fleet;
using ChatOps.Policy;
using ChatOps.Tools.Machines;

namespace ChatOps.Tools.Run;

/// <summary>One command on one node, to a value whatever happens: what breaks on one node must not hide what happened on the others.</summary>
internal sealed partial class NodeRunner(INodes nodes, IOutputFiles files, ToolsOptions options, ILogger<NodeRunner> log)
{
    public Task<NodeRun> RunAsync(ToolCall call, NodeInfo node, CommandProgram? program, bool onlyAttach, IExecutionOutput output, CancellationToken cancellationToken) =>
        RunAsync(call, node, Request(call, node, program) with { OnlyAttach = onlyAttach }, true, output, cancellationToken);

    /// <summary>Runs what a tool made of its arguments.</summary>
    public Task<NodeRun> RunAsync(ToolCall call, NodeInfo node, NodeCommand command, IExecutionOutput output, CancellationToken cancellationToken)
    {
        var id = command.Step is { } step ? $"{call.InvocationId}.{node.Name}.{step}" : ExecutionId(call, node);
        var request = new ExecutionRequest(
            id, node.Name, command.Line, command.Program, options.WorkingDirectory, command.Timeout ?? Timeout(call),
            command.Limits ?? new OutputLimits(options.OutputHeadBytes, options.OutputTailBytes, options.OutputFileBytes, files.RawPath(id)))
        {
            Risk = command.Risk ?? call.Assessment?.Risk ?? Risk.Dangerous,
            Approval = call.Approval,
            Input = command.Input,
        };
        return RunAsync(call, node, request, command.Limits is null, output, cancellationToken);
    }

    private async Task<NodeRun> RunAsync(ToolCall call, NodeInfo node, ExecutionRequest request, bool keeps, IExecutionOutput output, CancellationToken cancellationToken)
    {
        try
        {
            var result = await nodes.ExecuteAsync(request, output, cancellationToken);
            return new NodeRun(node.Name, result, keeps ? await KeepAsync(request.Id, result) : null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return request.OnlyAttach
                ? NodeRun.Without(node.Name, ExecutionEnd.Unknown, "It was stopped before the node could say how far it was; look at the node, then decide.")
                : NodeRun.NotBegun(node.Name, FanOut.Stopped);
        }
        catch (Exception e)
        {
            // A boundary: whatever one node's connection throws, the others' results must still be told. What it did before is not known.
            LogNodeBroke(call.InvocationId, node.Name, e);
            return NodeRun.Without(node.Name, ExecutionEnd.Unknown, "It broke off with an internal error; whether it had an effect is not known. The gateway's log has the details.");
        }
    }

    /// <summary>Keeps everything in one file; null when that was not possible.</summary>
    public async Task<KeptOutput?> KeepAllAsync(ToolCall call, IReadOnlyList<NodeRun> runs)
    {
        try
        {
            return await new WholeReport(files).KeepAsync(call.InvocationId, runs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(call.InvocationId, e.Message);
            return null;
        }
    }

    public string Directory(ToolCall call) => call.Arguments.Text("cwd") ?? options.WorkingDirectory;

    public TimeSpan Timeout(ToolCall call) => call.Arguments.Duration("timeout") is { } asked && asked < options.MaxTimeout
        ? asked
        : call.Arguments.Text("timeout") is null ? options.DefaultTimeout : options.MaxTimeout;

    private ExecutionRequest Request(ToolCall call, NodeInfo node, CommandProgram? program) => new(
        ExecutionId(call, node), node.Name, call.Arguments.Required("command_line"), program, Directory(call), Timeout(call),
        new OutputLimits(options.OutputHeadBytes, options.OutputTailBytes, options.OutputFileBytes, files.RawPath(ExecutionId(call, node))))
    {
        Risk = call.Assessment?.Risk ?? Risk.Dangerous,
        Approval = call.Approval,
    };

    private async Task<KeptOutput?> KeepAsync(string id, ExecutionResult result)
    {
        try
        {
            if (result.FilePath is null || !File.Exists(result.FilePath))
            {
                files.Discard(id);
                return null;
            }

            // Not cancellable: a stopped command's output is worth keeping too.
            return new KeptOutput(id, await files.KeepAsync(id, CancellationToken.None));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(id, e.Message);
            return null;
        }
    }

    // A run on one node bears the invocation's id; on several, that id names the file of them all.
    private static string ExecutionId(ToolCall call, NodeInfo node) => call.Targets.Count == 1 ? call.InvocationId : $"{call.InvocationId}.{node.Name}";
}
