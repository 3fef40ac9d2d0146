using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Policy;

namespace ChatOps.Tools.Run;

/// <summary>Runs a command line on nodes. What is judged to only read runs without a shell, as the parsed argv: what was judged is what runs.</summary>
internal sealed partial class RunTool(ICommandRisk commands, INodes nodes, IOutputFiles files, ToolsOptions options) : IResumableTool
{
    private const int TitleCharacters = 80;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var line = call.Arguments.Required("command_line");
        var assessment = commands.Assess(line);
        var runsAs = new Dictionary<string, string>
        {
            ["Runs as"] = Users(call),
            ["Directory"] = Directory(call),
            ["Timeout"] = string.Create(CultureInfo.InvariantCulture, $"{Timeout(call).TotalSeconds:0.###} s"),
            ["Shell"] = assessment.RunsWithoutShell ? "none, the words as parsed" : "/bin/sh -c",
        };
        return ValueTask.FromResult(new ToolAssessment(
            assessment.Risk, assessment.Rule, assessment.Reason, $"Run {Short(line)} on {Scope(call)}", line, runsAs)
        {
            Problem = Path.IsPathFullyQualified(Directory(call)) ? null : "The working directory must be an absolute path.",
        });
    }

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) => RunAsync(call, false, progress, cancellationToken);

    public bool CanResume(ToolCall call) => call.Targets.Any(n => n.Kind != NodeKind.Local);

    public Task<ToolResult> ResumeAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) => RunAsync(call, true, progress, cancellationToken);

    private async Task<ToolResult> RunAsync(ToolCall call, bool onlyAttach, IToolProgress progress, CancellationToken cancellationToken)
    {
        var line = call.Arguments.Required("command_line");
        var program = commands.Assess(line).Program;
        using var slots = new SemaphoreSlim(options.MaxParallel);
        var done = 0;
        var runs = call.Targets.Select(async node =>
        {
            await slots.WaitAsync(CancellationToken.None);
            try
            {
                var result = await nodes.ExecuteAsync(Request(call, node, line, program) with { OnlyAttach = onlyAttach }, new NodeOutput(node.Name, progress), cancellationToken);
                if (call.Targets.Count > 1) progress.Report($"Running on {call.Targets.Count} nodes", Interlocked.Increment(ref done), call.Targets.Count);
                return new NodeRun(node.Name, result, await KeepAsync(call, node, result));
            }
            finally
            {
                slots.Release();
            }
        });
        return RunReport.Of(await Task.WhenAll(runs));
    }

    private ExecutionRequest Request(ToolCall call, NodeInfo node, string line, CommandProgram? program) => new(
        ExecutionId(call, node), node.Name, line, program, Directory(call), Timeout(call),
        new OutputLimits(options.OutputHeadBytes, options.OutputTailBytes, options.OutputFileBytes, files.RawPath(ExecutionId(call, node))))
    {
        Risk = call.Assessment?.Risk ?? Risk.Dangerous,
        Approval = call.Approval,
    };

    private async Task<KeptOutput?> KeepAsync(ToolCall call, NodeInfo node, ExecutionResult result)
    {
        var id = ExecutionId(call, node);
        if (result.FilePath is null || !File.Exists(result.FilePath))
        {
            files.Discard(id);
            return null;
        }

        // Not cancellable: a stopped command's output is worth keeping too.
        return new KeptOutput(id, await files.KeepAsync(id, CancellationToken.None));
    }

    private string Directory(ToolCall call) => call.Arguments.Text("cwd") ?? options.WorkingDirectory;

    private TimeSpan Timeout(ToolCall call) => call.Arguments.Duration("timeout") is { } asked && asked < options.MaxTimeout
        ? asked
        : call.Arguments.Text("timeout") is null ? options.DefaultTimeout : options.MaxTimeout;

    // A node's daemon says as whom it runs; what runs there runs as that.
    private static string Users(ToolCall call) => string.Join(", ", call.Targets
        .Select(n => n.Kind == NodeKind.Local ? Environment.UserName : n.Facts.GetValueOrDefault("user") ?? "the daemon's user")
        .Distinct().Order(StringComparer.Ordinal));

    private static string ExecutionId(ToolCall call, NodeInfo node) => call.Targets.Count == 1 ? call.InvocationId : $"{call.InvocationId}.{node.Name}";

    private static string Scope(ToolCall call) => call.Targets is [var only] ? only.Name : $"{call.Targets.Count} nodes";

    private static string Short(string line)
    {
        var text = line.ReplaceLineEndings(" ");
        return text.Length <= TitleCharacters ? text : text[..TitleCharacters] + "…";
    }
}
