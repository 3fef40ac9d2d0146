using ChatOps.Checks;
using ChatOps.Messages;

namespace ChatOps.Tools.Runbooks;

/// <summary>Says what is wrong in the runbook notes.</summary>
internal sealed partial class RunbookValidateTool(IRunbooks runbooks) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Read the runbook notes");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var problems = runbooks.Validate();
        var notes = await runbooks.ListAsync(cancellationToken);
        var data = Json.Write(new { notes = notes.Count, problems = problems.Select(RunbookText.Data) });
        if (problems.Count == 0) return ToolAnswer.Done($"All {notes.Count} runbook notes are good.", new { notes = notes.Count, problems = Array.Empty<object>() });
        var summary = $"{problems.Count} problem{(problems.Count == 1 ? "" : "s")} in the runbook notes; {notes.Count} are good.";
        return new ToolResult(InvocationStatus.Failed, summary, new RichMessage([new TextBlock(PlainText.Escape(summary), Tone.Failed), .. RunbookText.Problems(problems)]), data, FailureCode.ToolFailed);
    }
}
