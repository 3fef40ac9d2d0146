namespace ChatOps.Tools;

/// <summary>Stable codes of expected failures. Texts may change; codes do not.</summary>
public enum FailureCode
{
    /// <summary>No failure.</summary>
    None,

    /// <summary>No such tool.</summary>
    UnknownTool,

    /// <summary>Arguments are missing, unknown or malformed.</summary>
    BadArguments,

    /// <summary>The selector matches no node.</summary>
    NoTargets,

    /// <summary>No permission.</summary>
    NotAllowed,

    /// <summary>Somebody has halted what changes something; nothing ran.</summary>
    Halted,

    /// <summary>Forbidden for anybody.</summary>
    Forbidden,

    /// <summary>Somebody denied the approval.</summary>
    ApprovalDenied,

    /// <summary>The approval lapsed.</summary>
    ApprovalExpired,

    /// <summary>Rights, targets or risk changed between approval and run; nothing ran.</summary>
    PlanDrifted,

    /// <summary>The audit or the store cannot be written; nothing ran.</summary>
    StoreUnavailable,

    /// <summary>More was called within a minute than is taken; nothing ran.</summary>
    TooManyCalls,

    /// <summary>It ran longer than allowed and was stopped.</summary>
    TimedOut,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>The program ended with a status other than zero.</summary>
    ExitStatus,

    /// <summary>The thing asked for does not exist.</summary>
    NotFound,

    /// <summary>The node cannot be reached.</summary>
    NodeUnreachable,

    /// <summary>The gateway stopped while it ran.</summary>
    Interrupted,

    /// <summary>Anything else that the tool reports.</summary>
    ToolFailed,
}
