namespace ChatOps.Schedules;

/// <summary>What a schedule does.</summary>
public enum ScheduleKind
{
    /// <summary>A command, as typed in chat: <c>/fleet status</c>.</summary>
    Command,

    /// <summary>A prompt for the agent.</summary>
    Prompt,
}
