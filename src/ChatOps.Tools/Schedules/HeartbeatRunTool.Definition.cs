namespace ChatOps.Tools.Schedules;

internal sealed partial class HeartbeatRunTool
{
    public static readonly ToolManifest Definition = new("heartbeat_run", "schedules", "Look after the heartbeat's tasks now, besides its times.", ["heartbeat run"], [])
    {
        Examples = ["heartbeat run"],
    };
}
