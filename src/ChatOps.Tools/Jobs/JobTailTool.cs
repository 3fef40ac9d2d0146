using ChatOps.Jobs;
using ChatOps.Messages;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Jobs;

/// <summary>The newest lines of what runs and of what failed, for somebody who cannot wait for the end.</summary>
internal sealed partial class JobTailTool(IJobs jobs, ToolsOptions options) : ITool
{
    private const int MaxNodes = 5;
    private const int MaxLines = 12;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read($"Show the newest output of job {call.Arguments.Required("id")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var id = call.Arguments.Required("id");
        if (await jobs.FindAsync(id, call.Principal, call.Conversation, cancellationToken) is not { } job) return ToolAnswer.Failed(FailureCode.NotFound, $"There is no job '{id}' that you may see.");
        var only = call.Arguments.Text("node");
        if (only is not null && job.Nodes.All(n => n.Name != only)) return ToolAnswer.Failed(FailureCode.NotFound, $"The job has no node '{only}'.");
        // Those that work first, the longest first: they are what somebody waits for.
        var wanted = job.Nodes.Where(n => only is null ? n.Word is not ("ok" or JobCount.Waiting or "not-started") : n.Name == only)
            .OrderByDescending(n => n.Word == JobCount.Running).ThenByDescending(n => n.Duration).ToList();
        var summary = $"{job.Title}: {string.Join(", ", job.Counts.Select(c => $"{c.Nodes} {c.Word}"))}";
        var blocks = new List<Block> { new TextBlock(PlainText.Escape(summary)) };
        blocks.AddRange(wanted.Take(MaxNodes).Select(Tail));
        if (wanted.Count == 0) blocks.Add(new TextBlock("Nothing works now, and nothing failed."));
        if (wanted.Count > MaxNodes) blocks.Add(new TextBlock($"and {wanted.Count - MaxNodes} more nodes"));
        blocks.Add(JobPicture.Page(id, options.PublicUrl));
        return ToolAnswer.Done(summary, new RichMessage(blocks), new
        {
            job = id,
            status = job.Status,
            nodes = wanted.Select(n => new { node = n.Name, state = n.Word, exitCode = n.ExitCode, tail = Newest(n.Output) }),
        });
    }

    private static CodeBlock Tail(JobNode node)
    {
        var title = $"{node.Name} · {node.Word}" + (node.Duration is { } time ? $" · {OutcomeText.Seconds(time)}" : "");
        var text = Newest(node.Output);
        return new CodeBlock(text.Length > 0 ? text : node.Message ?? "(no output yet)", title);
    }

    private static string Newest(string output)
    {
        var lines = output.TrimEnd('\n').Split('\n');
        return string.Join('\n', lines.Length <= MaxLines ? lines : ["…", .. lines[^MaxLines..]]);
    }
}
