namespace ChatOps.Schedules;

/// <summary>The life of a run. From <see cref="Done"/> on it is over.</summary>
public enum ScheduleRunState
{
    /// <summary>It is due and has not begun: it waits for its jitter, its next try, or the run before.</summary>
    Queued,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It waits for people or for a turn.</summary>
    Waiting,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Done, with nothing to say.</summary>
    Quiet,

    /// <summary>Failed.</summary>
    Failed,

    /// <summary>Refused by a rule or a person.</summary>
    Refused,

    /// <summary>Not run: the run before was not over, or it was missed.</summary>
    Skipped,

    /// <summary>Stopped for the next one, or by a person.</summary>
    Cancelled,

    /// <summary>It began; its end is not known.</summary>
    Unknown,
}
