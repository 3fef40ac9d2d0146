using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Policy;
using ChatOps.Tools.Machines;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Services;

/// <summary>
/// Services of nodes. The arguments become words of the service manager's own program that run without a shell; the policy judges them like a typed
/// line. After a change it says what it finds, and a service that is not what was asked for is no success.
/// </summary>
internal sealed partial class ServiceTool(ICommandRisk commands, NodeRunner runner, TargetRuns targets) : ITool
{
    private const int NoSuchProgram = 127;
    private const int Inactive = 3;
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(20);

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var (action, name) = Asked(call);
        if (MachineText.UnitProblem("name", name) is { } problem)
            return ValueTask.FromResult(new ToolAssessment(Risk.Read, "service.name", "It is no name of a service.", "A service", "", new Dictionary<string, string>()) { Problem = problem });
        var after = call.Arguments.Text("after");
        if (after is not null && action != ServiceAction.Status)
            return ValueTask.FromResult(new ToolAssessment(Risk.Read, "service.after", "It makes no sense.", "A service", "", new Dictionary<string, string>()) { Problem = "'after' goes with the action status." });
        var ways = after is null ? Ways(action, name) : Looks(name);
        var judged = TypedRisk.Of(commands, ways);
        var lifeline = action != ServiceAction.Status && judged.Risk < Risk.Dangerous && ServiceAction.IsLifeline(name);
        return ValueTask.FromResult(new ToolAssessment(
            lifeline ? Risk.Dangerous : judged.Risk,
            lifeline ? "dangerous.lifeline" : judged.Rule,
            lifeline ? $"Without {name} the machine may not be reached any more, not even to undo this." : judged.Reason,
            $"{char.ToUpperInvariant(action[0])}{action[1..]} {name} on {TypedRisk.Scope(call)}",
            ways[0].Line,
            new Dictionary<string, string>
            {
                ["Runs as"] = TypedRisk.Users(call),
                ["Timeout"] = string.Create(CultureInfo.InvariantCulture, $"{runner.Timeout(call).TotalSeconds:0.###} s"),
                ["Without systemd"] = string.Join(", or ", ways.Skip(1).Select(w => w.Line)),
            }));
    }

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) =>
        targets.RunAsync(call, progress, false, (node, output, stop) => OneAsync(call, node, output, stop), cancellationToken);

    private async Task<NodeRun> OneAsync(ToolCall call, NodeInfo node, IExecutionOutput output, CancellationToken cancellationToken)
    {
        var (action, name) = Asked(call);
        var after = call.Arguments.Text("after");
        var ways = after is null ? Ways(action, name) : Looks(name);
        NodeRun run = null!;
        for (var way = 0; way < ways.Count; way++)
        {
            run = await runner.RunAsync(call, node, ways[way] with { Step = way == 0 ? null : $"way{way}" }, output, cancellationToken);
            if (IsAbsent(run.Result)) continue;
            if (way > 0) run = Noted(run, $"{node.Name} has no systemd; asked {ways[way].Program.Pipelines[0].Commands[0].Words[0].Text} instead.");
            if (after is not null) return Judged(run, node, after, name, way);
            return action == ServiceAction.Status ? Answered(run, name) : await FoundAsync(call, node, action, name, way, run, cancellationToken);
        }

        return Noted(run, $"{node.Name} has no service manager that this knows (systemd, OpenRC, init scripts).");
    }

    private async Task<NodeRun> FoundAsync(ToolCall call, NodeInfo node, string action, string name, int way, NodeRun run, CancellationToken cancellationToken)
    {
        // What did not run for sure changed nothing, and there is nothing to look for.
        if (run.Result.End is not (ExecutionEnd.Exited or ExecutionEnd.TimedOut) || cancellationToken.IsCancellationRequested) return run;
        var look = (way == 0 ? ServiceAction.Show(name) : Ways(ServiceAction.Status, name)[way]) with { Step = "after", Timeout = LookTime, Risk = Risk.Read };
        var found = await runner.RunAsync(call, node, look, NoOutput.Instance, cancellationToken);
        if (way > 0)
            return action is "enable" or "disable" || found.Result.End != ExecutionEnd.Exited ? run : Noted(run, $"Found after it: status exits with {found.Result.ExitCode}: {FirstLine(found.Result.Output)}");
        if (ServiceState.Read(found.Result) is not { } state) return Noted(run, "What it is now could not be read.");
        var noted = Noted(run, $"{name} is {state} now.");
        return run.Outcome != NodeOutcome.Ok || state.Fits(action)
            ? noted
            : noted with { Result = noted.Result with { ExitCode = 1, Message = $"{noted.Result.Message} That is not what {action} is for; look at: logs {name} --on {node.Name}" } };
    }

    // The answer to whether it is what an action is for. What cannot be told is neither yes nor no.
    private static NodeRun Judged(NodeRun run, NodeInfo node, string after, string name, int way)
    {
        if (run.Result.End != ExecutionEnd.Exited) return run;
        bool? fits = way == 0 ? ServiceState.Read(run.Result)?.Fits(after)
            : after is "enable" or "disable" ? null
            : (run.Result.ExitCode == 0) == (after != "stop");
        var found = way == 0 ? $"{name} is {(ServiceState.Read(run.Result) is { } state ? state : "in a state that could not be read")}." : $"Its status exits with {run.Result.ExitCode}: {FirstLine(run.Result.Output)}";
        return fits switch
        {
            true => Noted(run with { Result = run.Result with { ExitCode = 0 } }, found),
            false => Noted(run with { Result = run.Result with { ExitCode = 1 } }, $"{found} That is not what {after} is for; look at: logs {name} --on {node.Name}"),
            _ => Noted(run with { Result = run.Result with { End = ExecutionEnd.Unknown } }, $"{found} Whether that is what {after} is for cannot be told there."),
        };
    }

    // A service that does not run is an answer, not a failure to answer.
    private static NodeRun Answered(NodeRun run, string name) =>
        run.Result is { End: ExecutionEnd.Exited, ExitCode: Inactive } ? Noted(run, $"{name} does not run.") is var noted ? noted with { Result = noted.Result with { ExitCode = 0 } } : run : run;

    private static NodeRun Noted(NodeRun run, string note) => run with { Result = run.Result with { Message = run.Result.Message is { } already ? $"{already} {note}" : note } };

    private static bool IsAbsent(ExecutionResult result) =>
        (result.End == ExecutionEnd.NotStarted && result.Message?.Contains("program not found", StringComparison.Ordinal) == true)
        || (result.End == ExecutionEnd.Exited && (result.ExitCode == NoSuchProgram
            || (result.ExitCode != 0 && result.Output.Contains("System has not been booted with systemd", StringComparison.Ordinal))));

    private static string FirstLine(string text) => text.TrimStart('\n').Split('\n')[0];

    private static IReadOnlyList<NodeCommand> Ways(string action, string name) =>
        [ServiceAction.Systemd(action, name), ServiceAction.OpenRc(action, name), ServiceAction.InitScript(action, name)];

    private static IReadOnlyList<NodeCommand> Looks(string name) => [ServiceAction.Show(name), .. Ways(ServiceAction.Status, name).Skip(1)];

    private static (string Action, string Name) Asked(ToolCall call) => (call.Arguments.Required("action"), call.Arguments.Required("name"));
}
