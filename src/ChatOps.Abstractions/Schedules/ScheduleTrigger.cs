namespace ChatOps.Schedules;

/// <summary>Why there is a run.</summary>
public enum ScheduleTrigger
{
    /// <summary>Its time came.</summary>
    Tick,

    /// <summary>Its time came while no gateway ran.</summary>
    CatchUp,

    /// <summary>Somebody asked for it.</summary>
    Asked,
}
