namespace ChatOps.Scheduling.Files;

/// <summary>A schedule as a file has it.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Request">What it asks for.</param>
internal sealed record WrittenSchedule(string File, int Line, ScheduleRequest Request);
