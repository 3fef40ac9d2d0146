namespace ChatOps.Tools.FleetTools;

internal sealed partial class FleetStatusTool
{
    public static readonly ToolManifest Definition = new("fleet_status", "nodes", "Show how the fleet is: nodes by state, versions, who was last seen when, what runs.", ["fleet status"],
    [
        new("on", ParameterKind.Selector, "Only these nodes.", Position: 0),
    ])
    { Recorded = false, Examples = ["fleet status", "fleet status env=prod"] };
}
