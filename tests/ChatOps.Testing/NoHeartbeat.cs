using ChatOps.Schedules;

namespace ChatOps.Testing;

/// <summary>A heartbeat without tasks.</summary>
public sealed class NoHeartbeat : IHeartbeat
{
    public HeartbeatView Look() => new(true, "HEARTBEAT.md", "", "There are no tasks.");
}
