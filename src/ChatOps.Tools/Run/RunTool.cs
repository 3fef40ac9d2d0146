using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Policy;
using ChatOps.Tools.Gate;
using ChatOps.Tools.Jobs;

namespace ChatOps.Tools.Run;

/// <summary>Runs a command line on nodes. What is judged to only read runs without a shell, as the parsed argv: what was judged is what runs.</summary>
internal sealed partial class RunTool(ICommandRisk commands, IApprovalRules rules, NodeRunner runner, EarlierRuns earlier, LiveJobs jobs, ToolsOptions options, TimeProvider time)
    : IResumableTool, IRepeatingTool
{
    private const int TitleCharacters = 80;

    public ToolManifest Manifest => Definition;

    public Task<Repetition> RepeatAsync(InvocationRequest request, Principal principal, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken) =>
        earlier.RepeatAsync(request, principal, arguments, cancellationToken);

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var line = call.Arguments.Required("command_line");
        var assessment = commands.Assess(line);
        var understood = FanOutControl.TryRead(call.Arguments, options.MaxParallel, out var control, out var problem);
        var runsAs = new Dictionary<string, string>
        {
            ["Runs as"] = Users(call),
            ["Directory"] = runner.Directory(call),
            ["Timeout"] = string.Create(CultureInfo.InvariantCulture, $"{runner.Timeout(call).TotalSeconds:0.###} s"),
            ["Shell"] = assessment.RunsWithoutShell ? "none, the words as parsed" : "/bin/sh -c",
        };
        foreach (var (label, value) in understood ? control!.Describe(call.Arguments) : []) runsAs[label] = value;
        if (call.Arguments.Text("rerun") is { } rerun) runsAs["Repeats"] = rerun;
        problem ??= Path.IsPathFullyQualified(runner.Directory(call)) ? null : "The working directory must be an absolute path.";
        return ValueTask.FromResult(IsDryRun(call)
            ? new ToolAssessment(Risk.Read, "read.dry_run", "It only shows what would run.", $"Dry run of {Short(line)} on {Scope([.. call.Targets.Select(n => n.Name)])}", line, runsAs) { Problem = problem }
            : new ToolAssessment(assessment.Risk, assessment.Rule, assessment.Reason, TitleOf(call.Arguments, call.Targets.Select(n => n.Name)), line, runsAs) { Problem = problem });
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var assessment = commands.Assess(call.Arguments.Required("command_line"));
        if (IsDryRun(call)) return DryRun.Of(call, assessment, rules.Decide(Definition.Name, assessment.Risk, call.Targets));
        if (!FanOutControl.TryRead(call.Arguments, options.MaxParallel, out var control, out var problem)) return ToolAnswer.Refused(FailureCode.BadArguments, problem);
        return await RunAsync(call, control, assessment.Program, progress, cancellationToken);
    }

    public bool CanResume(ToolCall call) => !IsDryRun(call) && call.Targets.Any(n => n.Kind != NodeKind.Local);

    // Nothing is begun any more, so neither order nor pauses matter.
    public Task<ToolResult> ResumeAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) =>
        RunAsync(call, null, commands.Assess(call.Arguments.Required("command_line")).Program, progress, cancellationToken);

    private async Task<ToolResult> RunAsync(ToolCall call, FanOutControl? control, CommandProgram? program, IToolProgress progress, CancellationToken cancellationToken)
    {
        using var live = jobs.Begin(call, TitleOf(call.Arguments, call.Targets.Select(n => n.Name)), progress);
        // What was begun by a process that is gone is looked for on every node at once, also when it is to be stopped: the stop must reach it.
        var runs = control is null || call.Targets.Count == 1
            ? await Task.WhenAll(call.Targets.Select(n => OneAsync(n, cancellationToken)))
            : await new FanOut(control, time).RunAsync(call.Targets, OneAsync, cancellationToken);
        var whole = RunMessage.LeavesOut(runs) ? await runner.KeepAllAsync(call, runs) : null;
        return RunReport.Of(runs, whole, JobPicture.Page(call.InvocationId, options.PublicUrl), jobs.Safe, cancellationToken.IsCancellationRequested);

        async Task<NodeRun> OneAsync(NodeInfo node, CancellationToken stop)
        {
            var run = await runner.RunAsync(call, node, program, control is null, live.Begin(node.Name), stop);
            live.End(run);
            return run;
        }
    }

    /// <summary>What a run does, in a few words.</summary>
    public static string TitleOf(ToolArguments arguments, IEnumerable<string> targets) => $"Run {Short(arguments.Text("command_line") ?? "")} on {Scope([.. targets])}";

    private static bool IsDryRun(ToolCall call) => call.Arguments.Flag("dry_run");

    // A node's daemon says as whom it runs; what runs there runs as that.
    private static string Users(ToolCall call) => string.Join(", ", call.Targets
        .Select(n => n.Kind == NodeKind.Local ? Environment.UserName : n.Facts.GetValueOrDefault("user") ?? "the daemon's user")
        .Distinct().Order(StringComparer.Ordinal));

    private static string Scope(IReadOnlyList<string> targets) => targets is [var only] ? only : $"{targets.Count} nodes";

    private static string Short(string line)
    {
        var text = line.ReplaceLineEndings(" ");
        return text.Length <= TitleCharacters ? text : text[..TitleCharacters] + "…";
    }
}
