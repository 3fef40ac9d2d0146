namespace ChatOps.Tools.Schedules;

internal sealed partial class ScheduleResumeTool
{
    public static readonly ToolManifest Definition = new("schedule_resume", "schedules", "Let a paused schedule run again, from its next time on; the heartbeat or the daily review that was removed comes back.", ["schedule resume"], [ScheduleParameters.Name])
    {
        Examples = ["schedule resume web-disk"],
    };
}
