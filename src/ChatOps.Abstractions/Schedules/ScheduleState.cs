namespace ChatOps.Schedules;

/// <summary>Whether a schedule runs.</summary>
public enum ScheduleState
{
    /// <summary>It runs at its times.</summary>
    Active,

    /// <summary>It does not run until somebody resumes it.</summary>
    Paused,

    /// <summary>It has run for the last time.</summary>
    Ended,
}
