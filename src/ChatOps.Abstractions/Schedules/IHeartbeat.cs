namespace ChatOps.Schedules;

/// <summary>The tasks that are looked after now and then, in plain language.</summary>
public interface IHeartbeat
{
    /// <summary>The name of its schedule.</summary>
    const string ScheduleName = "heartbeat";

    /// <summary>How it is set up, and its tasks as they are written now.</summary>
    HeartbeatView Look();
}
