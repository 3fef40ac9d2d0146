namespace ChatOps.Scheduling.Engine;

/// <summary>A run that this gateway has taken.</summary>
/// <param name="Schedule">What it is of.</param>
/// <param name="Run">Its row, running.</param>
/// <param name="Again">Whether its work was asked before about this try.</param>
internal sealed record StartedRun(Schedule Schedule, ScheduleRunRow Run, bool Again);
