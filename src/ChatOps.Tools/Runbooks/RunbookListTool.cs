using ChatOps.Checks;
using ChatOps.Messages;

namespace ChatOps.Tools.Runbooks;

/// <summary>Lists the runbook notes.</summary>
internal sealed partial class RunbookListTool(IRunbooks runbooks) : ITool
{
    private const int MaxRows = 100;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List runbook notes");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var notes = await runbooks.ListAsync(cancellationToken);
        var problems = runbooks.Validate();
        var summary = (notes.Count, problems.Count) switch
        {
            (0, 0) => "There are no runbook notes; write them in workspace/runbooks/*.md.",
            (_, 0) => $"{notes.Count} runbook note{(notes.Count == 1 ? "" : "s")}.",
            _ => $"{notes.Count} runbook note{(notes.Count == 1 ? "" : "s")}, {problems.Count} problem{(problems.Count == 1 ? "" : "s")}.",
        };
        List<Block> blocks = [new TextBlock(PlainText.Escape(summary)), .. RunbookText.Problems(problems)];
        if (notes.Count > 0)
        {
            blocks.Add(new TableBlock(
                ["Note", "Title", "Trust", "Risk", "Steps", "Verified", "Failed"],
                [.. notes.Take(MaxRows).Select(n => (IReadOnlyList<string>)
                    [n.Note.Name, n.Note.Title, RunbookText.Word(n.Trust), RunbookText.Word(n.Note.Risk), $"{n.Note.Steps.Count}", $"{n.Record?.Verified ?? 0}", $"{n.Record?.Failed ?? 0}"])]));
        }

        return ToolAnswer.Done(summary, new RichMessage(blocks), new { notes = notes.Select(RunbookText.Data), problems = problems.Select(RunbookText.Data) });
    }
}
