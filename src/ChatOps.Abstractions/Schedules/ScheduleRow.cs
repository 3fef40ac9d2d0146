namespace ChatOps.Schedules;

/// <summary>A schedule in the store.</summary>
/// <param name="Schedule">Its definition.</param>
/// <param name="State">Whether it runs.</param>
/// <param name="CreatedAt">When it was added; intervals count from here.</param>
/// <param name="NextAt">Its next tick; null when it has none.</param>
public sealed record ScheduleRow(Schedule Schedule, ScheduleState State, DateTimeOffset CreatedAt, DateTimeOffset? NextAt)
{
    /// <summary>Why it does not run; null while it does.</summary>
    public string? Reason { get; init; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; init; }
}
