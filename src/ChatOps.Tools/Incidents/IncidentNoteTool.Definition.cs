namespace ChatOps.Tools.Incidents;

internal sealed partial class IncidentNoteTool
{
    public static readonly ToolManifest Definition = new("incident_note", "incidents", "Mark something for an incident's timeline.", ["incident note"],
    [
        new("text", ParameterKind.Text, "What to remember, in your words.", Required: true, Position: 0),
        new("id", ParameterKind.Text, "Which incident; the one that is open in this conversation unless given."),
    ])
    {
        NeverAsks = true,
        Examples = ["incident note \"the deploy of 14:02 came before it\"", "incident note \"called the provider\" --id 7F3K2M"],
    };
}
