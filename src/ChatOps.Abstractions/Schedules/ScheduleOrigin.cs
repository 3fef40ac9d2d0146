namespace ChatOps.Schedules;

/// <summary>Where a schedule is defined.</summary>
public enum ScheduleOrigin
{
    /// <summary>Added by a person or an agent.</summary>
    Added,

    /// <summary>In a file of workspace/schedules; changed there.</summary>
    File,

    /// <summary>Made by the settings; changed there, or replaced by one of the same name.</summary>
    Settings,
}
