namespace ChatOps.Checks;

/// <summary>How a check finds what it looks at, the better first.</summary>
public enum CheckLevel
{
    /// <summary>It has not been looked at yet.</summary>
    Pending,

    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Beyond the threshold that warns.</summary>
    Warning,

    /// <summary>It could not be found out.</summary>
    Unknown,

    /// <summary>Beyond the critical threshold, or broken.</summary>
    Critical,
}
