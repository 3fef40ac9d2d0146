namespace ChatOps.Approvals;

/// <summary>An approval as people and the gate see it.</summary>
/// <param name="Id">Short id.</param>
/// <param name="Revision">Rises at every change.</param>
/// <param name="State">Where it is.</param>
/// <param name="Request">The question.</param>
/// <param name="Votes">So far.</param>
/// <param name="FourEyes">Whether the requester may not decide it.</param>
/// <param name="CreatedAt">When asked.</param>
/// <param name="ExpiresAt">When it lapses.</param>
/// <param name="SettledAt">When it left pending.</param>
/// <param name="SettledBy">Who or what settled it.</param>
/// <param name="SettleReason">Their words.</param>
/// <param name="Outcome">One line about the run.</param>
public sealed record Approval(
    string Id,
    int Revision,
    ApprovalState State,
    ApprovalRequest Request,
    IReadOnlyList<ApprovalVote> Votes,
    bool FourEyes,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? SettledAt,
    string? SettledBy,
    string? SettleReason,
    string? Outcome);
