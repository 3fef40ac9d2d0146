namespace ChatOps.Tools.Schedules;

internal sealed partial class ScheduleRemoveTool
{
    public static readonly ToolManifest Definition = new("schedule_remove", "schedules", "Remove a schedule; its history stays for 90 days.", ["schedule remove"], [ScheduleParameters.Name])
    {
        Examples = ["schedule remove web-disk"],
    };
}
