namespace ChatOps.Tools.Schedules;

internal sealed partial class ScheduleRunTool
{
    public static readonly ToolManifest Definition = new("schedule_run", "schedules", "Run a schedule now, besides its times, as its owner.", ["schedule run"], [ScheduleParameters.Name])
    {
        Examples = ["schedule run web-disk"],
    };
}
