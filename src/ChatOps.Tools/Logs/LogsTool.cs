using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Policy;
using ChatOps.Tools.Machines;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Logs;

/// <summary>
/// Shows logs of nodes. The arguments become words of journalctl, tail and grep that run without a shell, and the policy judges them like a typed
/// line: a file that may not be read without a decision is not a log either, whatever links lead to it.
/// </summary>
internal sealed partial class LogsTool(ICommandRisk commands, NodeRunner runner, TargetRuns targets, RealPaths paths) : ITool
{
    private const int NoSuchProgram = 127;

    /// <summary>Time for a node to start following and to hand over its last lines.</summary>
    private static readonly TimeSpan ReadTime = TimeSpan.FromMinutes(1);

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (!LogRequest.TryRead(call.Arguments, out var request, out var problem))
            return ValueTask.FromResult(new ToolAssessment(Risk.Read, "read.logs", "It only reads.", "Show logs", "", new Dictionary<string, string>()) { Problem = problem });
        var command = request.Command();
        var judged = commands.Assess(command.Line);
        var title = $"Logs of {request.Unit ?? request.File} on {TypedRisk.Scope(call)}";
        return ValueTask.FromResult(new ToolAssessment(judged.Risk, judged.Rule, judged.Reason, title, command.Line, new Dictionary<string, string> { ["Runs as"] = TypedRisk.Users(call) }));
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        if (!LogRequest.TryRead(call.Arguments, out var request, out var problem)) return ToolAnswer.Refused(FailureCode.BadArguments, problem);
        return await targets.RunAsync(call, progress, request.Follow is not null, (node, output, stop) => OneAsync(call, request, node, output, stop), cancellationToken);
    }

    private async Task<NodeRun> OneAsync(ToolCall call, LogRequest request, NodeInfo node, IExecutionOutput output, CancellationToken cancellationToken)
    {
        var path = request.File;
        if (path is not null)
        {
            var (real, refused) = await paths.FindAsync(call, node, path, p => request.Command(p).Line, cancellationToken);
            if (refused is not null) return refused;
            path = real;
        }

        var command = request.Command(path) with { Timeout = request.Follow ?? ReadTime };
        return Explained(request, await runner.RunAsync(call, node, command, output, cancellationToken));
    }

    private static NodeRun Explained(LogRequest request, NodeRun run)
    {
        var result = run.Result;
        if (request.Follow is { } follow && result.End == ExecutionEnd.TimedOut)
            return run with { Result = result with { End = ExecutionEnd.Exited, ExitCode = 0, Message = string.Create(CultureInfo.InvariantCulture, $"Followed for {follow.TotalSeconds:0.###} s.") } };
        if (request.Unit is not null && (result.End == ExecutionEnd.NotStarted && result.Message?.StartsWith("journalctl:", StringComparison.Ordinal) == true || result.ExitCode == NoSuchProgram))
            return run with { Result = result with { Message = $"There is no journal on {run.Node}: journalctl is not installed. Read the service's own file: logs --file /var/log/… --on {run.Node}" } };
        if (request.Grep is not null && result.ExitCode == 1 && string.IsNullOrWhiteSpace(result.Output) && request.Unit is not null)
            return run with { Result = result with { ExitCode = 0, Message = "No line matches." } };
        if (request.File is not null && request.Grep is not null && result.ExitCode == 1 && result.Output.Length == 0)
            return run with { Result = result with { Message = $"{request.File} is not there, or its user on {run.Node} may not read it." } };
        return run;
    }
}
