namespace ChatOps.Schedules;

/// <summary>What a schedule does.</summary>
public enum ScheduleKind
{
    /// <summary>A command, as typed in chat: <c>/fleet status</c>.</summary>
    Command,

    /// <summary>A prompt for the agent.</summary>
    Prompt,

    /// <summary>A look at a check or a set of checks; what changes is said where findings are.</summary>
    Checks,

    /// <summary>A report: <c>daily</c>, <c>weekly</c>.</summary>
    Report,

    /// <summary>The tasks of HEARTBEAT.md. There is one, made by the settings.</summary>
    Heartbeat,
}
