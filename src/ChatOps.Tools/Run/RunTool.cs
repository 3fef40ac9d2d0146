using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Policy;

namespace ChatOps.Tools.Run;

/// <summary>Runs a command line on nodes. What is judged to only read runs without a shell, as the parsed argv: what was judged is what runs.</summary>
internal sealed partial class RunTool(ICommandRisk commands, INodes nodes, IOutputFiles files, ToolsOptions options) : ITool
{
    private const int TitleCharacters = 80;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var line = call.Arguments.Required("command_line");
        var assessment = commands.Assess(line);
        var runsAs = new Dictionary<string, string>
        {
            ["Runs as"] = Environment.UserName,
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

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
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
                var result = await nodes.ExecuteAsync(Request(call, node, line, program), new NodeOutput(node.Name, progress), cancellationToken);
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
        new OutputLimits(options.OutputHeadBytes, options.OutputTailBytes, options.OutputFileBytes, files.RawPath(ExecutionId(call, node))));

    private async Task<KeptOutput?> KeepAsync(ToolCall call, NodeInfo node, ExecutionResult result)
    {
        var id = ExecutionId(call, node);
        if (result.FilePath is null)
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

    private static string ExecutionId(ToolCall call, NodeInfo node) => call.Targets.Count == 1 ? call.InvocationId : $"{call.InvocationId}.{node.Name}";

    private static string Scope(ToolCall call) => call.Targets is [var only] ? only.Name : $"{call.Targets.Count} nodes";

    private static string Short(string line)
    {
        var text = line.ReplaceLineEndings(" ");
        return text.Length <= TitleCharacters ? text : text[..TitleCharacters] + "…";
    }
}
