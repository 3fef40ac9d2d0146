namespace ChatOps.Audit;

/// <summary>What a record is about.</summary>
public enum AuditKind
{
    /// <summary>Something is about to run. No record, no run.</summary>
    Intent,

    /// <summary>How it ended.</summary>
    Outcome,

    /// <summary>An invocation was refused.</summary>
    Refusal,

    /// <summary>An approval was asked for.</summary>
    ApprovalRequested,

    /// <summary>Somebody voted, or tried to without the right.</summary>
    ApprovalVote,

    /// <summary>An approval was settled.</summary>
    ApprovalSettled,

    /// <summary>A standing grant was made, used or revoked.</summary>
    Grant,

    /// <summary>Roles or people changed.</summary>
    Access,

    /// <summary>Somebody signed in or out, or failed to.</summary>
    SignIn,

    /// <summary>A turn that a model led has ended: which model, how many tokens, what it called.</summary>
    Turn,

    /// <summary>The gateway started, stopped, reloaded or recovered something.</summary>
    System,
}
