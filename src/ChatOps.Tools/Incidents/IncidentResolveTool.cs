using ChatOps.Checks;

namespace ChatOps.Tools.Incidents;

/// <summary>Resolves an incident.</summary>
internal sealed partial class IncidentResolveTool(IIncidents incidents) : ITool
{
    private const int MaxNote = 2000;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) =>
        ToolRisk.Change("incident.resolve", "The incident ends, and a draft is written.", $"Resolve the incident {call.Arguments.Text("id")}".TrimEnd(), $"incident resolve {call.Arguments.Text("id")}".TrimEnd());

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var note = call.Arguments.Text("note") ?? "";
        if (note.Length > MaxNote) return ToolAnswer.Refused(FailureCode.BadArguments, $"The note has more than {MaxNote} characters.");
        var (incident, problem) = await incidents.FindAsync(call.Arguments.Text("id"), call.Conversation?.Id, cancellationToken);
        if (incident is null) return ToolAnswer.Failed(FailureCode.NotFound, problem);
        if (incident.ResolvedAt is { } at) return ToolAnswer.Done($"{incident.ResolvedBy} resolved {incident.Id} at {IncidentText.Time(at)}: workspace/reports/{incident.Report}.", IncidentText.Data(incident));
        var resolved = await incidents.ResolveAsync(incident, call.Principal.Id, note, cancellationToken);
        return ToolAnswer.Done($"{resolved.Id} is resolved. The draft of a post-mortem is in workspace/reports/{resolved.Report}.", IncidentText.Data(resolved));
    }
}
