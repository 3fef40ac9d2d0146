using ChatOps.Schedules;

namespace ChatOps.Console.Schedules;

/// <summary>What the page of one schedule shows.</summary>
/// <param name="Row">The schedule.</param>
/// <param name="Next">Its next runs.</param>
/// <param name="Runs">Its newest runs.</param>
/// <param name="MayChange">Whether this person may pause, resume, run and remove it.</param>
public sealed record ScheduleView(ScheduleRow Row, IReadOnlyList<DateTimeOffset> Next, IReadOnlyList<ScheduleRunRow> Runs, bool MayChange);
