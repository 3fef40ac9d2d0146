namespace ChatOps.Tools.Run;

/// <summary>How a run ended on one node. Every targeted node gets exactly one.</summary>
internal enum NodeOutcome
{
    /// <summary>It ran to its end with exit status zero.</summary>
    Ok,

    /// <summary>It ran and failed, or was stopped while it ran.</summary>
    Failed,

    /// <summary>It exceeded its time.</summary>
    TimedOut,

    /// <summary>The node could not be reached; nothing was started.</summary>
    Unreachable,

    /// <summary>The node itself refused it; nothing was started.</summary>
    Refused,

    /// <summary>It was not started there: its turn did not come, or the node takes no work or could not start it.</summary>
    NotStarted,

    /// <summary>It was started and its end is not known. Never repeated.</summary>
    Unknown,
}
