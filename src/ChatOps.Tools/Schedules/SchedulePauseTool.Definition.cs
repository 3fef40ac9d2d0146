namespace ChatOps.Tools.Schedules;

internal sealed partial class SchedulePauseTool
{
    public static readonly ToolManifest Definition = new("schedule_pause", "schedules", "Stop a schedule from running until it is resumed.", ["schedule pause"], [ScheduleParameters.Name])
    {
        Examples = ["schedule pause web-disk"],
    };
}
