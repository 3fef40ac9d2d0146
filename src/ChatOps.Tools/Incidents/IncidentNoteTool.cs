using ChatOps.Checks;

namespace ChatOps.Tools.Incidents;

/// <summary>Adds a person's line to an incident.</summary>
internal sealed partial class IncidentNoteTool(IIncidents incidents) : ITool
{
    private const int MaxText = 1000;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) =>
        ToolRisk.Change("incident.note", "It stands in the incident's timeline.", "Note on an incident", $"incident note {call.Arguments.Required("text")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var text = call.Arguments.Required("text").Trim();
        if (text.Length is 0 or > MaxText) return ToolAnswer.Refused(FailureCode.BadArguments, $"A note has 1 to {MaxText} characters.");
        var (incident, problem) = await incidents.FindAsync(call.Arguments.Text("id"), call.Conversation?.Id, cancellationToken);
        if (incident is null) return ToolAnswer.Failed(FailureCode.NotFound, problem);
        return await incidents.NoteAsync(incident, call.Principal.Id, text, cancellationToken)
            ? ToolAnswer.Done($"Noted on {incident.Id}.", new { id = incident.Id })
            : ToolAnswer.Refused(FailureCode.BadArguments, $"{incident.Id} is resolved; its timeline has ended.");
    }
}
