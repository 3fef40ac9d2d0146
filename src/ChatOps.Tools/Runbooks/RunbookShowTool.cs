using ChatOps.Checks;
using ChatOps.Messages;

namespace ChatOps.Tools.Runbooks;

/// <summary>Shows a runbook note in full.</summary>
internal sealed partial class RunbookShowTool(IRunbooks runbooks) : ITool
{
    private const int MaxRuns = 20;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show a runbook note");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("name");
        var all = await runbooks.ListAsync(cancellationToken);
        if (all.FirstOrDefault(n => n.Note.Name == name) is not { } state) return RunbookText.Missing(all, name);
        var note = state.Note;
        var runs = await runbooks.RunsAsync(name, MaxRuns, cancellationToken);
        var summary = $"{note.Name}: {note.Title} (trust {RunbookText.Word(state.Trust)}).";
        var blocks = new List<Block>
        {
            new TextBlock($"**{PlainText.Escape(note.Name)}** {PlainText.Escape(note.Title)}"),
            new FieldsBlock(
            [
                new("For", RunbookText.Match(note.Match)), new("Trust", $"{RunbookText.Word(state.Trust)} ({state.Why})"), new("Its file allows", RunbookText.Word(note.Ceiling)),
                new("Highest risk", RunbookText.Word(note.Risk)), new("In whose name", note.Owner), new("Verified in a row", $"{state.Record?.Verified ?? 0}"), new("Failed in all", $"{state.Record?.Failed ?? 0}"),
                new("Written in", Path.GetFileName(note.File)),
            ]),
            new CodeBlock(note.Text, "markdown"),
        };
        if (runs.Count > 0)
            blocks.Add(new TableBlock(["Run", "Finding", "End", "Invocation", "Audit"], [.. runs.Select(r => (IReadOnlyList<string>)[$"{r.At:yyyy-MM-dd HH:mm} UTC", r.FindingId, r.End ?? "not ended", r.InvocationId, r.AuditId ?? ""])]));
        return ToolAnswer.Done(summary, new RichMessage(blocks), new
        {
            note = RunbookText.Data(state), text = note.Text, steps = note.Steps.Select(s => new { command = s.Command, undo = s.Undo }), check = note.Check, expect = note.Expect,
            runs = runs.Select(r => new { at = r.At, finding = r.FindingId, end = r.End, invocation = r.InvocationId, audit = r.AuditId }),
        });
    }
}
