namespace ChatOps.Schedules;

/// <summary>What happens to ticks that were missed because no gateway ran.</summary>
public enum CatchUpPolicy
{
    /// <summary>None is run; one note says how many were missed.</summary>
    Skip,

    /// <summary>The newest one is run.</summary>
    Last,

    /// <summary>All of them are run, one after the other, up to a bound.</summary>
    All,
}
