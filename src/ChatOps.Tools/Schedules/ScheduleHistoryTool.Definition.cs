namespace ChatOps.Tools.Schedules;

internal sealed partial class ScheduleHistoryTool
{
    public static readonly ToolManifest Definition = new("schedule_history", "schedules", "The last runs of a schedule, or of all.", ["schedule history"],
    [
        new("name", ParameterKind.Text, "The schedule's name. Default: all schedules.", Position: 0),
        new("limit", ParameterKind.Number, "How many runs at most (1 to 200).", Default: "20"),
    ])
    {
        Recorded = false,
        Examples = ["schedule history", "schedule history web-disk --limit 50"],
    };
}
