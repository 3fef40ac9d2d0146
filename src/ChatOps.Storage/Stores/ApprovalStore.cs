using ChatOps.Approvals;
using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Stores;

/// <summary>Approvals, votes, cards, grants and button actions in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class ApprovalStore(SqlSession session) : IApprovalStore
{
    private const string Columns =
        """
        id, revision, state, plan_hash, request_json, requester, invocation_id, created_at, expires_at, settled_at, settled_by, settle_reason, outcome
        """;

    private const string GrantColumns =
        """
        id, grant_key, principal, tool, title, approval_id, created_by, created_at, expires_at, uses, last_used_at, revoked_by, revoked_at
        """;

    /// <inheritdoc/>
    public void Add(ApprovalRow row) => session
        .Statement($"INSERT INTO approvals ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
        .Set(row.Id).Set(row.Revision).Set(row.State).Set(row.PlanHash).Set(row.RequestJson).Set(row.Requester).Set(row.InvocationId)
        .Set(row.CreatedAt).Set(row.ExpiresAt).Set(row.SettledAt).Set(row.SettledBy).Set(row.SettleReason).Set(row.Outcome)
        .Execute();

    /// <inheritdoc/>
    public ApprovalRow? Find(string id) => session.Statement($"SELECT {Columns} FROM approvals WHERE id = $1").Set(id).First(Read);

    /// <inheritdoc/>
    public IReadOnlyList<ApprovalRow> List(IReadOnlyList<ApprovalState> states, int limit)
    {
        // At most one text per set of states, so the cache of prepared statements stays small.
        var words = states.Distinct().Order().Select(s => $"'{SqlWord<ApprovalState>.Write(s)}'").ToList();
        var where = words.Count == 0 ? "" : $"WHERE state IN ({string.Join(", ", words)}) ";
        return session.Statement($"SELECT {Columns} FROM approvals {where}ORDER BY created_at DESC, id DESC LIMIT $1").Set(limit).All(Read);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ApprovalRow> Overdue(DateTimeOffset now, int limit) => session
        .Statement($"SELECT {Columns} FROM approvals WHERE state = 'pending' AND expires_at <= $1 ORDER BY expires_at LIMIT $2")
        .Set(now).Set(limit).All(Read);

    /// <inheritdoc/>
    public (DateTimeOffset? Oldest, long Count) Waiting() => session
        .Statement("SELECT MIN(created_at), COUNT(*) FROM approvals WHERE state = 'pending'")
        .First(r => (r.TimeOrNull(0), r.Number(1)));

    /// <inheritdoc/>
    public bool CompareAndSet(
        string id,
        int revision,
        ApprovalState from,
        ApprovalState to,
        DateTimeOffset? settledAt,
        string? settledBy,
        string? settleReason,
        string? outcome)
    {
        const string Update =
            """
            UPDATE approvals SET revision = revision + 1, state = $4, settled_at = COALESCE($5, settled_at), settled_by = COALESCE($6, settled_by),
              settle_reason = COALESCE($7, settle_reason), outcome = COALESCE($8, outcome)
            WHERE id = $1 AND revision = $2 AND state = $3
            """;
        return session.Statement(Update)
            .Set(id).Set(revision).Set(from).Set(to).Set(settledAt).Set(settledBy).Set(settleReason).Set(outcome)
            .ExecuteCount() == 1;
    }

    /// <inheritdoc/>
    public bool AddVote(ApprovalVote vote)
    {
        const string Insert =
            """
            INSERT INTO approval_votes (approval_id, principal, position, actor_key, approves, reason, at)
            VALUES ($1, $2, (SELECT COUNT(*) FROM approval_votes WHERE approval_id = $1), $3, $4, $5, $6)
            ON CONFLICT (approval_id, principal) DO NOTHING
            """;
        return session.Statement(Insert)
            .Set(vote.ApprovalId).Set(vote.Principal).Set(vote.ActorKey).Set(vote.Approves ? 1L : 0L).Set(vote.Reason).Set(vote.At)
            .ExecuteCount() == 1;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ApprovalVote> Votes(string approvalId) => session
        .Statement("SELECT approval_id, principal, actor_key, approves, reason, at FROM approval_votes WHERE approval_id = $1 ORDER BY position")
        .Set(approvalId)
        .All(r => new ApprovalVote(r.Text(0), r.Text(1), r.Text(2), r.Number(3) != 0, r.TextOrNull(4), r.Time(5)));

    /// <inheritdoc/>
    public void AddCard(ApprovalCard card) => session
        .Statement("INSERT INTO approval_cards (approval_id, message_id, conversation_id) VALUES ($1, $2, $3) ON CONFLICT (approval_id, message_id) DO NOTHING")
        .Set(card.ApprovalId).Set(card.MessageId).Set(card.ConversationId)
        .Execute();

    /// <inheritdoc/>
    public IReadOnlyList<ApprovalCard> Cards(string approvalId) => session
        .Statement("SELECT approval_id, message_id, conversation_id FROM approval_cards WHERE approval_id = $1 ORDER BY message_id")
        .Set(approvalId).All(r => new ApprovalCard(r.Text(0), r.Text(1), r.Text(2)));

    /// <inheritdoc/>
    public void RemoveCard(string approvalId, string messageId) =>
        session.Statement("DELETE FROM approval_cards WHERE approval_id = $1 AND message_id = $2").Set(approvalId).Set(messageId).Execute();

    /// <inheritdoc/>
    public void AddGrant(StandingGrant grant) => session
        .Statement($"INSERT INTO grants ({GrantColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
        .Set(grant.Id).Set(grant.Key).Set(grant.Principal).Set(grant.Tool).Set(grant.Title).Set(grant.ApprovalId).Set(grant.CreatedBy)
        .Set(grant.CreatedAt).Set(grant.ExpiresAt).Set(grant.Uses).Set(grant.LastUsedAt).Set(grant.RevokedBy).Set(grant.RevokedAt)
        .Execute();

    /// <inheritdoc/>
    public StandingGrant? FindGrant(string key, DateTimeOffset now) => session
        .Statement($"SELECT {GrantColumns} FROM grants WHERE grant_key = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY expires_at DESC LIMIT 1")
        .Set(key).Set(now).First(ReadGrant);

    /// <inheritdoc/>
    public IReadOnlyList<StandingGrant> Grants(int limit) => session
        .Statement($"SELECT {GrantColumns} FROM grants ORDER BY created_at DESC, id DESC LIMIT $1").Set(limit).All(ReadGrant);

    /// <inheritdoc/>
    public void UseGrant(string id, DateTimeOffset now) =>
        session.Statement("UPDATE grants SET uses = uses + 1, last_used_at = $2 WHERE id = $1").Set(id).Set(now).Execute();

    /// <inheritdoc/>
    public bool RevokeGrant(string id, string by, DateTimeOffset now) => session
        .Statement("UPDATE grants SET revoked_by = $2, revoked_at = $3 WHERE id = $1 AND revoked_at IS NULL")
        .Set(id).Set(by).Set(now).ExecuteCount() == 1;

    /// <inheritdoc/>
    public void AddAction(StoredAction action) => session
        .Statement("INSERT INTO actions (token, command, conversation_id, created_at) VALUES ($1, $2, $3, $4)")
        .Set(action.Token).Set(action.Command).Set(action.ConversationId).Set(action.CreatedAt)
        .Execute();

    /// <inheritdoc/>
    public StoredAction? FindAction(string token) => session
        .Statement("SELECT token, command, conversation_id, created_at FROM actions WHERE token = $1")
        .Set(token).First(r => new StoredAction(r.Text(0), r.Text(1), r.TextOrNull(2), r.Time(3)));

    private static ApprovalRow Read(SqlRow row) => new(
        row.Text(0),
        (int)row.Number(1),
        row.Word<ApprovalState>(2),
        row.Text(3),
        row.Text(4),
        row.Text(5),
        row.Text(6),
        row.Time(7),
        row.Time(8),
        row.TimeOrNull(9),
        row.TextOrNull(10),
        row.TextOrNull(11),
        row.TextOrNull(12));

    private static StandingGrant ReadGrant(SqlRow row) => new(
        row.Text(0),
        row.Text(1),
        row.Text(2),
        row.Text(3),
        row.Text(4),
        row.Text(5),
        row.Text(6),
        row.Time(7),
        row.Time(8),
        row.Number(9),
        row.TimeOrNull(10),
        row.TextOrNull(11),
        row.TimeOrNull(12));
}
