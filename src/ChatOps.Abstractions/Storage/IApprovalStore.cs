using ChatOps.Approvals;

namespace ChatOps.Storage;

/// <summary>Approvals, votes, cards, standing grants and button actions.</summary>
public interface IApprovalStore
{
    /// <summary>Adds an approval.</summary>
    void Add(ApprovalRow row);

    /// <summary>One approval.</summary>
    ApprovalRow? Find(string id);

    /// <summary>Approvals, newest first. An empty list of states means all.</summary>
    IReadOnlyList<ApprovalRow> List(IReadOnlyList<ApprovalState> states, int limit);

    /// <summary>Pending ones whose time is over.</summary>
    IReadOnlyList<ApprovalRow> Overdue(DateTimeOffset now, int limit);

    /// <summary>When the oldest pending one was asked for, and how many are pending.</summary>
    (DateTimeOffset? Oldest, long Count) Waiting();

    /// <summary>Moves an approval only when revision and state are as expected; the revision rises by one. A null keeps what the column holds.</summary>
    /// <returns>Whether it moved.</returns>
    bool CompareAndSet(string id, int revision, ApprovalState from, ApprovalState to, DateTimeOffset? settledAt, string? settledBy, string? settleReason, string? outcome);

    /// <summary>Adds a vote; false when this principal has voted on it.</summary>
    bool AddVote(ApprovalVote vote);

    /// <summary>Votes in order.</summary>
    IReadOnlyList<ApprovalVote> Votes(string approvalId);

    /// <summary>Adds a card.</summary>
    void AddCard(ApprovalCard card);

    /// <summary>All messages that show it.</summary>
    IReadOnlyList<ApprovalCard> Cards(string approvalId);

    /// <summary>A message does not show it any more.</summary>
    void RemoveCard(string approvalId, string messageId);

    /// <summary>Adds a standing grant.</summary>
    void AddGrant(StandingGrant grant);

    /// <summary>The unexpired, unrevoked grant with this key.</summary>
    StandingGrant? FindGrant(string key, DateTimeOffset now);

    /// <summary>Grants, newest first, expired and revoked ones too.</summary>
    IReadOnlyList<StandingGrant> Grants(int limit);

    /// <summary>Counts a use.</summary>
    void UseGrant(string id, DateTimeOffset now);

    /// <summary>Revokes; false when unknown or revoked.</summary>
    bool RevokeGrant(string id, string by, DateTimeOffset now);

    /// <summary>Adds a button action.</summary>
    void AddAction(StoredAction action);

    /// <summary>A button action.</summary>
    StoredAction? FindAction(string token);
}
