namespace ChatOps.Scheduling;

/// <summary>How schedules work.</summary>
public sealed class SchedulingOptions
{
    /// <summary>The directory of the schedules that an operator writes, <c>workspace/schedules</c>; null for none.</summary>
    public string? Directory { get; init; }

    /// <summary>The file of the heartbeat's tasks, <c>workspace/HEARTBEAT.md</c>; null for none.</summary>
    public string? HeartbeatFile { get; init; }

    /// <summary>The heartbeat.</summary>
    public HeartbeatOptions Heartbeat { get; init; } = new();

    /// <summary>The daily review.</summary>
    public ReviewOptions Review { get; init; } = new();

    /// <summary>Whether no other gateway works on the store: what others left at the start was left by dead ones.</summary>
    public bool AloneWithStore { get; init; } = true;

    /// <summary>Whether this gateway runs what is due. A command's own gateway lives for moments and leaves that to one that stays.</summary>
    public bool Runs { get; init; } = true;

    /// <summary>How many runs are under way at once.</summary>
    public int MaxParallel { get; init; } = 32;

    /// <summary>How often the files are looked at where the system does not report changes.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long what runs may take to end when the gateway stops.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(5);
}
