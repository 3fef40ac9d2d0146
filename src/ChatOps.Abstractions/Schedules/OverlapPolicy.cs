namespace ChatOps.Schedules;

/// <summary>What happens when a tick comes while the run before is not over.</summary>
public enum OverlapPolicy
{
    /// <summary>The tick is skipped and recorded as such.</summary>
    Skip,

    /// <summary>It waits until the run before has ended; at most one waits.</summary>
    Queue,

    /// <summary>The run before is stopped, then this one begins.</summary>
    Cancel,
}
