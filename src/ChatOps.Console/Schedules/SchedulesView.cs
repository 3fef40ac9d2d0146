using ChatOps.Configuration;
using ChatOps.Schedules;

namespace ChatOps.Console.Schedules;

/// <summary>What the page of schedules shows.</summary>
/// <param name="Rows">The schedules with their next time, those first that run next.</param>
/// <param name="All">How many there are.</param>
/// <param name="Problems">What is wrong in the files.</param>
/// <param name="Runs">The newest runs of all.</param>
/// <param name="MayAdd">Whether this person may add one.</param>
public sealed record SchedulesView(IReadOnlyList<(ScheduleRow Row, DateTimeOffset? Next)> Rows, int All, IReadOnlyList<ConfigurationProblem> Problems, IReadOnlyList<ScheduleRunRow> Runs, bool MayAdd);
