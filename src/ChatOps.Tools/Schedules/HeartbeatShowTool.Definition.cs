namespace ChatOps.Tools.Schedules;

internal sealed partial class HeartbeatShowTool
{
    public static readonly ToolManifest Definition = new("heartbeat_show", "schedules", "The heartbeat: its tasks, when it looks next, and what came of the last looks.", ["heartbeat show", "heartbeat"], [])
    {
        Recorded = false,
        Examples = ["heartbeat show"],
    };
}
