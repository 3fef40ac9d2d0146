using ChatOps.Checks;
using ChatOps.Messages;

namespace ChatOps.Tools.Incidents;

/// <summary>Shows an incident.</summary>
internal sealed partial class IncidentShowTool(IIncidents incidents) : ITool
{
    private const int MaxShown = 100;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show an incident");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var (incident, problem) = await incidents.FindAsync(call.Arguments.Text("id"), call.Conversation?.Id, cancellationToken);
        if (incident is null) return ToolAnswer.Failed(FailureCode.NotFound, problem);
        var (entries, cut) = await incidents.TimelineAsync(incident, cancellationToken);
        var summary = $"Incident {incident.Id}: {incident.Title}";
        List<Block> blocks =
        [
            new TextBlock($"**Incident {incident.Id}** {PlainText.Escape(incident.Title)}"),
            new FieldsBlock(
            [
                new("Since", IncidentText.Time(incident.OpenedAt)), new("State", incident.ResolvedAt is { } at ? $"resolved {IncidentText.Time(at)} by {incident.ResolvedBy}" : "open"), new("Check", incident.Check),
                new("Where", string.Join(", ", incident.Targets)), new("Findings", $"{incident.Findings.Count}"), .. incident.Report is { } report ? (Field[])[new("Post-mortem", $"workspace/reports/{report}")] : [],
            ]),
            new TableBlock(["When (UTC)", "What", "Who", "", "Record"], [.. entries.TakeLast(MaxShown).Select(e => (IReadOnlyList<string>)[$"{e.At:MM-dd HH:mm:ss}", e.Kind, e.Who, e.Text, e.AuditId])]),
        ];
        if (cut || entries.Count > MaxShown) blocks.Add(new TextBlock("The record holds more than is shown here; 'audit list' has it."));
        return ToolAnswer.Done(summary, new RichMessage(blocks), new { incident = IncidentText.Data(incident), timeline = entries.Select(e => new { at = e.At, kind = e.Kind, who = e.Who, text = e.Text, audit = e.AuditId }), cut });
    }
}
