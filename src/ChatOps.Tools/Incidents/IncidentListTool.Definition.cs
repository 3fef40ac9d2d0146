namespace ChatOps.Tools.Incidents;

internal sealed partial class IncidentListTool
{
    public static readonly ToolManifest Definition = new("incident_list", "incidents", "Incidents, the newest first: what was found, since when, and who resolved it.", ["incident list", "incidents"],
    [
        new("open", ParameterKind.Flag, "Only those that are not resolved."),
        new("limit", ParameterKind.Number, "How many at most: 1 to 100.", Default: "20"),
    ])
    {
        Recorded = false,
        ReadsOutside = true,
        Examples = ["incident list", "incident list --open"],
    };
}
