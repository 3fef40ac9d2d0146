using ChatOps.Storage;

namespace ChatOps.Approvals;

/// <summary>The state machine of approvals. Every transition is one compare-and-set with its audit record and its card edits in one transaction.</summary>
public interface IApprovals
{
    /// <summary>Why this person may not ask for more now (too many of theirs wait already); null when they may.</summary>
    string? WhyNotOpen(IStoreSession session, string requester);

    /// <summary>Opens an approval and posts its card to the requester's conversation, in the caller's transaction.</summary>
    Approval Open(IStoreSession session, ApprovalRequest request);

    /// <summary>Takes somebody's decision: checks right, four-eyes, revision and hash, then settles at most once.</summary>
    Task<DecisionResult> DecideAsync(ApprovalDecision decision, CancellationToken cancellationToken);

    /// <summary>One approval.</summary>
    Approval? Find(IStoreSession session, string id);

    /// <summary>Newest first; an empty list of states means all.</summary>
    IReadOnlyList<Approval> List(IStoreSession session, IReadOnlyList<ApprovalState> states, int limit);

    /// <summary>Moves approved → running, once, after checking that every voter still has the right to approve it.</summary>
    /// <returns>Whether it started; else why not, for people (null when somebody else started it or it is not approved).</returns>
    (bool Started, string? Reason) TryStart(IStoreSession session, string id);

    /// <summary>Ends a run (succeeded, failed, partial, unknown), or cancels what cannot start (cancelled, superseded); edits the cards.</summary>
    /// <param name="session">The transaction that also holds the outcome.</param>
    /// <param name="id">Which.</param>
    /// <param name="state">A terminal state.</param>
    /// <param name="outcome">One line for people.</param>
    /// <param name="result">Blocks to show below the record (output, a file); null for none.</param>
    void Finish(IStoreSession session, string id, ApprovalState state, string outcome, ChatOps.Messages.RichMessage? result);

    /// <summary>Withdraws a pending one (the requester's <c>/stop</c>, an edit).</summary>
    /// <returns>Whether it was pending.</returns>
    bool Withdraw(IStoreSession session, string id, string by, string reason);

    /// <summary>The messages to edit with passing progress while the plan runs.</summary>
    IReadOnlyList<ApprovalCard> Cards(IStoreSession session, string id);

    /// <summary>The card's blocks as they are now, for channels and pages that show it anew.</summary>
    ChatOps.Messages.RichMessage Render(Approval approval, ChatOps.Messages.RichMessage? result);

    /// <summary>A grant that covers exactly this, usable now; counts nothing.</summary>
    StandingGrant? FindGrant(IStoreSession session, string principal, string tool, string argumentsJson, IReadOnlyList<string> targets);

    /// <summary>Counts a use of a grant and records it.</summary>
    void UseGrant(IStoreSession session, StandingGrant grant, string invocationId);

    /// <summary>Revokes a grant and records it; false when unknown or revoked.</summary>
    bool RevokeGrant(IStoreSession session, string id, string by);
}
