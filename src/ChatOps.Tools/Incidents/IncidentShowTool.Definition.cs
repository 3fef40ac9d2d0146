namespace ChatOps.Tools.Incidents;

internal sealed partial class IncidentShowTool
{
    public static readonly ToolManifest Definition = new("incident_show", "incidents", "One incident with its timeline from the record: findings, commands, approvals, outcomes, and what people marked.", ["incident show"], [IncidentParameters.Id])
    {
        Recorded = false,
        ReadsOutside = true,
        Examples = ["incident show 7F3K2M", "incident show"],
    };
}
