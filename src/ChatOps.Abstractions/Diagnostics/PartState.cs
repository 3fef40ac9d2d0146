namespace ChatOps.Diagnostics;

/// <summary>The states of a part.</summary>
public enum PartState
{
    /// <summary>Works.</summary>
    Ok,

    /// <summary>Works with a restriction that somebody should look at.</summary>
    Degraded,

    /// <summary>Does not work; what depends on it fails closed.</summary>
    Failed,
}
