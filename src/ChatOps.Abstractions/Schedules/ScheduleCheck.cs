namespace ChatOps.Schedules;

/// <summary>What is to be said of a schedule that somebody asks for.</summary>
/// <param name="Schedule">The schedule; null when it cannot be.</param>
/// <param name="Next">Its next runs.</param>
/// <param name="Where">Where it answers, for people.</param>
/// <param name="Problem">Why it cannot be, for people; null when it can.</param>
public sealed record ScheduleCheck(Schedule? Schedule, IReadOnlyList<DateTimeOffset> Next, string Where, string? Problem);
