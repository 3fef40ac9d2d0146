namespace ChatOps.Tools.Schedules;

internal sealed partial class ScheduleShowTool
{
    public static readonly ToolManifest Definition = new("schedule_show", "schedules", "One schedule: what it does, its next runs and its last ones.", ["schedule show"], [ScheduleParameters.Name])
    {
        Recorded = false,
        Examples = ["schedule show web-disk"],
    };
}
