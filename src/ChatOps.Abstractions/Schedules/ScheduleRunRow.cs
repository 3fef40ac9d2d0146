namespace ChatOps.Schedules;

/// <summary>A run in the store.</summary>
/// <param name="Id">Schedule and nominal time; unique.</param>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="Nominal">Its tick.</param>
/// <param name="Trigger">Why there is one.</param>
/// <param name="State">Where it is.</param>
/// <param name="NotBefore">While it is queued: not to begin earlier.</param>
public sealed record ScheduleRunRow(string Id, string Schedule, DateTimeOffset Nominal, ScheduleTrigger Trigger, ScheduleRunState State, DateTimeOffset NotBefore)
{
    /// <summary>Which try, from 1; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>The gateway that runs it.</summary>
    public string? Holder { get; init; }

    /// <summary>Until when that gateway is believed to be alive.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>When its newest try began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>One line about it.</summary>
    public string? Summary { get; init; }

    /// <summary>The audit record about it.</summary>
    public string? AuditId { get; init; }

    /// <summary>What it waits for.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>Whether the next tick, or a person, wants it stopped.</summary>
    public bool StopAsked { get; init; }

    /// <summary>Whether it is not over.</summary>
    public bool IsOpen => State is ScheduleRunState.Queued or ScheduleRunState.Running or ScheduleRunState.Waiting;

    /// <summary>The id of a run: the schedule's name and the nominal time to the millisecond.</summary>
    public static string IdOf(string schedule, DateTimeOffset nominal) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{schedule}@{nominal.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}");
}
