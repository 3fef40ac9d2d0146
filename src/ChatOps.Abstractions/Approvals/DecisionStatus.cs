namespace ChatOps.Approvals;

/// <summary>The ways an attempt to decide can end.</summary>
public enum DecisionStatus
{
    /// <summary>This vote settled it.</summary>
    Settled,

    /// <summary>The vote counts; more are needed.</summary>
    Voted,

    /// <summary>No such approval.</summary>
    NotFound,

    /// <summary>Somebody or something settled it before; nothing changed.</summary>
    AlreadySettled,

    /// <summary>The person has no right to decide it (role, four-eyes); recorded.</summary>
    Refused,

    /// <summary>The button belongs to another revision or plan.</summary>
    Stale,
}
