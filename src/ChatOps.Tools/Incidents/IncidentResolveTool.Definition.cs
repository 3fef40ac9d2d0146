namespace ChatOps.Tools.Incidents;

internal sealed partial class IncidentResolveTool
{
    public static readonly ToolManifest Definition = new("incident_resolve", "incidents", "End an incident: a post-mortem draft is written from the record into workspace/reports.", ["incident resolve", "resolve"],
    [
        IncidentParameters.Id,
        new("note", ParameterKind.Text, "What it was, in a sentence or two; it stands at the top of the draft."),
    ])
    {
        NeverAsks = true,
        Examples = ["resolve", "incident resolve 7F3K2M --note \"a log that nobody rotated\""],
    };
}
