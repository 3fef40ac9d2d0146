namespace ChatOps.Node.Execution;

/// <summary>Why an execution is stopped from outside.</summary>
internal enum StopReason
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Its time is over.</summary>
    TimedOut,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,
}
