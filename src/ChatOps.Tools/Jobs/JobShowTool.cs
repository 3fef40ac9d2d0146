using System.Globalization;
using ChatOps.Jobs;
using ChatOps.Messages;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Jobs;

/// <summary>A job with every one of its nodes, while it runs and afterwards.</summary>
internal sealed partial class JobShowTool(IJobs jobs, ToolsOptions options) : ITool
{
    private const int Shown = 100;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read($"Show job {call.Arguments.Required("id")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var id = call.Arguments.Required("id");
        if (await jobs.FindAsync(id, call.Principal, call.Conversation, cancellationToken) is not { } job) return ToolAnswer.Failed(FailureCode.NotFound, $"There is no job '{id}' that you may see.");
        var words = string.Join(", ", job.Counts.Select(c => $"{c.Nodes} {c.Word}"));
        var summary = job.Summary.Length > 0 ? job.Summary : $"{job.Status.ToString().ToLowerInvariant()}: {words}";
        var blocks = new List<Block>
        {
            new TextBlock($"**{PlainText.Escape(job.Title)}**"),
            new TextBlock(PlainText.Escape(summary)),
            new CodeBlock(job.CommandLine, "command"),
            new TableBlock(["Node", "How", "Exit", "Time"], [.. job.Nodes.Take(Shown).Select(Row)]),
        };
        if (job.Nodes.Count > Shown) blocks.Add(new TextBlock($"and {job.Nodes.Count - Shown} more nodes"));
        blocks.Add(JobPicture.Page(id, options.PublicUrl));
        return ToolAnswer.Done(summary, new RichMessage(blocks), new
        {
            job = id,
            title = job.Title,
            status = job.Status,
            requester = job.Requester,
            since = job.Since,
            finishedAt = job.FinishedAt,
            stoppedBy = job.StoppedBy,
            done = job.Done,
            total = job.Nodes.Count,
            counts = job.Counts.ToDictionary(c => c.Word, c => c.Nodes),
            nodes = job.Nodes.Select(n => new { node = n.Name, state = n.Word, exitCode = n.ExitCode, durationMs = n.Duration?.TotalMilliseconds, output = n.Output, message = n.Message }),
        });
    }

    private static IReadOnlyList<string> Row(JobNode node) =>
        [node.Name, node.Word, node.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "", node.Duration is { } time ? OutcomeText.Seconds(time) : ""];
}
