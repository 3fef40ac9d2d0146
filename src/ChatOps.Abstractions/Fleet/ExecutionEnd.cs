namespace ChatOps.Fleet;

/// <summary>The ways an execution can end.</summary>
public enum ExecutionEnd
{
    /// <summary>The program ended by itself.</summary>
    Exited,

    /// <summary>It exceeded its time and its process tree was killed.</summary>
    TimedOut,

    /// <summary>It was cancelled and its process tree was killed.</summary>
    Cancelled,

    /// <summary>It could not be started (program not found, no such directory, …).</summary>
    NotStarted,

    /// <summary>The node could not be reached; it was not started.</summary>
    Unreachable,

    /// <summary>The node's own policy, or its check of the grant, refused it; nothing was started.</summary>
    Refused,

    /// <summary>It was started and its end is not known. Never repeated by itself.</summary>
    Unknown,
}
