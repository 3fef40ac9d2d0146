using ChatOps.Approvals;

namespace ChatOps.Storage;

/// <summary>An approval in the store: the mutable columns, and the immutable request as canonical JSON.</summary>
/// <param name="Id">Short id.</param>
/// <param name="Revision">Rises at every change of state or votes.</param>
/// <param name="State">Where it is.</param>
/// <param name="PlanHash">What a decision binds to.</param>
/// <param name="RequestJson">The whole request.</param>
/// <param name="Requester">Principal who asked.</param>
/// <param name="InvocationId">The invocation that waits for it.</param>
/// <param name="CreatedAt">When asked.</param>
/// <param name="ExpiresAt">When it lapses.</param>
/// <param name="SettledAt">When it left pending.</param>
/// <param name="SettledBy">Who or what settled it.</param>
/// <param name="SettleReason">Their words.</param>
/// <param name="Outcome">One line about the run, once it ended.</param>
public sealed record ApprovalRow(
    string Id,
    int Revision,
    ApprovalState State,
    string PlanHash,
    string RequestJson,
    string Requester,
    string InvocationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? SettledAt,
    string? SettledBy,
    string? SettleReason,
    string? Outcome);
