namespace ChatOps.Tools.Schedules;

internal sealed partial class ScheduleListTool
{
    public static readonly ToolManifest Definition = new("schedule_list", "schedules", "Schedules with their next runs, and what is wrong with their files.", ["schedule list", "schedule"], [])
    {
        Recorded = false,
        Examples = ["schedule list"],
    };
}
