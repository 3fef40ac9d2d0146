using ChatOps.Checks;
using ChatOps.Fleet;
using ChatOps.Policy;
using ChatOps.Tools.Machines;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Checks;

/// <summary>
/// Runs a command line that only reads, and no other: the way in which checks look at nodes. What the checks themselves read every minute is written in their files and would
/// drown the record; what they find is recorded. Everybody else is recorded and asked like for any command.
/// </summary>
internal sealed partial class CheckProbeTool(ICommandRisk commands, NodeRunner runner, ToolsOptions options, TimeProvider time) : ITool
{
    private const int HeadBytes = 48 * 1024;
    private const int TailBytes = 16 * 1024;
    private static readonly TimeSpan UsualTime = TimeSpan.FromSeconds(10);

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var line = call.Arguments.Required("command_line");
        var judged = commands.Assess(line);
        var byChecks = call.Actor.Channel == CheckService.Channel;
        return ValueTask.FromResult(new ToolAssessment(
            judged.Risk, judged.Rule, judged.Reason, $"Look at {TypedRisk.Scope(call)}", line, new Dictionary<string, string> { ["Runs as"] = TypedRisk.Users(call) })
        {
            NeverAsks = byChecks && judged.Risk == Risk.Read,
            Unrecorded = byChecks,
            Problem = judged.Risk == Risk.Read ? null : $"A look only reads, and this does more ({judged.Rule}): {judged.Reason}",
        });
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var line = call.Arguments.Required("command_line");
        if (commands.Assess(line) is not { Risk: Risk.Read, Program: { } program }) return ToolAnswer.Refused(FailureCode.BadArguments, "A look only reads, and this does more.");
        var command = new NodeCommand(line, program)
        {
            Timeout = call.Arguments.Duration("timeout") is { } asked && asked < options.MaxTimeout ? asked : UsualTime,
            Limits = new OutputLimits(HeadBytes, TailBytes, 0, null),
            Risk = Risk.Read,
        };
        var runs = call.Targets is [var only]
            ? [await OneAsync(only, cancellationToken)]
            : await new FanOut(new FanOutControl(options.MaxParallel, TimeSpan.Zero, null, null), time).RunAsync(call.Targets, OneAsync, cancellationToken);
        return RunReport.Of(runs, null, new Messages.PageBlock("", "", null), static text => text, cancellationToken.IsCancellationRequested);

        Task<NodeRun> OneAsync(NodeInfo node, CancellationToken stop) => runner.RunAsync(call, node, command, NoOutput.Instance, stop);
    }
}
