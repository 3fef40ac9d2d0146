namespace ChatOps.Schedules;

/// <summary>How a run ended, or where it is.</summary>
public enum ScheduledEnd
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>Done, and there is nothing to say: it is in the history and in no channel.</summary>
    Quiet,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>A rule or a person refused it; nothing ran.</summary>
    Refused,

    /// <summary>It waits for people, or for a turn; <see cref="ScheduledOutcome.WaitsFor"/> says for what. The work is asked again when that has ended.</summary>
    Waiting,

    /// <summary>It began and its end is not known. Never repeated by itself.</summary>
    Unknown,
}
