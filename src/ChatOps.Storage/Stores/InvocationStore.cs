using ChatOps.Storage.Sessions;
using ChatOps.Tools;

namespace ChatOps.Storage.Stores;

/// <summary>Tool invocations in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class InvocationStore(SqlSession session) : IInvocationStore
{
    private const string Columns =
        """
        id, idempotency_key, tool, arguments_json, plan_hash, targets, principal, actor_key, conversation_id, inbox_id, source, status,
        approval_id, holder, intent_audit_id, outcome_json, created_at, finished_at, tainted_by
        """;

    /// <inheritdoc/>
    public bool Add(InvocationRow row)
    {
        const string Insert =
            $"""
            INSERT INTO invocations ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            ON CONFLICT DO NOTHING
            """;
        var added = session.Statement(Insert)
            .Set(row.Id).Set(row.IdempotencyKey).Set(row.Tool).Set(row.ArgumentsJson).Set(row.PlanHash).Set(Json.Write(row.Targets))
            .Set(row.Principal).Set(row.ActorKey).Set(row.ConversationId).Set(row.InboxId).Set(row.Source).Set(row.Status)
            .Set(row.ApprovalId).Set(row.Holder).Set(row.IntentAuditId).Set(row.OutcomeJson).Set(row.CreatedAt).Set(row.FinishedAt).Set(row.TaintedBy)
            .ExecuteCount() == 1;
        if (!added) return false;
        foreach (var node in row.Targets.Distinct(StringComparer.Ordinal))
            session.Statement("INSERT INTO invocation_targets (node, invocation_id) VALUES ($1, $2)").Set(node).Set(row.Id).Execute();
        return true;
    }

    /// <inheritdoc/>
    public InvocationRow? Find(string id) => session.Statement($"SELECT {Columns} FROM invocations WHERE id = $1").Set(id).First(Read);

    /// <inheritdoc/>
    public InvocationRow? FindByKey(string principal, string idempotencyKey) => session
        .Statement($"SELECT {Columns} FROM invocations WHERE principal = $1 AND idempotency_key = $2")
        .Set(principal).Set(idempotencyKey).First(Read);

    /// <inheritdoc/>
    public bool CompareAndSet(
        string id,
        InvocationStatus from,
        InvocationStatus to,
        string? holder,
        string? approvalId,
        string? intentAuditId,
        string? outcomeJson,
        DateTimeOffset? finishedAt)
    {
        const string Update =
            """
            UPDATE invocations SET status = $3, holder = COALESCE($4, holder), approval_id = COALESCE($5, approval_id),
              intent_audit_id = COALESCE($6, intent_audit_id), outcome_json = COALESCE($7, outcome_json), finished_at = COALESCE($8, finished_at)
            WHERE id = $1 AND status = $2
            """;
        return session.Statement(Update)
            .Set(id).Set(from).Set(to).Set(holder).Set(approvalId).Set(intentAuditId).Set(outcomeJson).Set(finishedAt)
            .ExecuteCount() == 1;
    }

    /// <inheritdoc/>
    public IReadOnlyList<InvocationRow> InStatus(InvocationStatus status, int limit)
    {
        // The word stands in the text, not in a parameter, so that the partial index of the open ones serves it.
        var open = status is InvocationStatus.Running or InvocationStatus.Waiting ? " AND status IN ('running', 'waiting')" : "";
        return session
            .Statement($"SELECT {Columns} FROM invocations WHERE status = '{SqlWord<InvocationStatus>.Write(status)}'{open} ORDER BY id LIMIT $1")
            .Set(limit).All(Read);
    }

    /// <inheritdoc/>
    public IReadOnlyList<InvocationRow> OpenIn(string conversationId) => session
        .Statement($"SELECT {Columns} FROM invocations WHERE conversation_id = $1 AND status IN ('running', 'waiting') ORDER BY id")
        .Set(conversationId).All(Read);

    /// <inheritdoc/>
    public IReadOnlyList<InvocationRow> RecentOn(string node, int limit) => session
        .Statement(
            $"""
            SELECT {Columns} FROM invocations
            WHERE id IN (SELECT invocation_id FROM invocation_targets WHERE node = $1 ORDER BY invocation_id DESC LIMIT $2)
            ORDER BY id DESC
            """)
        .Set(node).Set(limit).All(Read);

    /// <inheritdoc/>
    public bool RequestStop(StopRequest stop) => session
        .Statement("INSERT INTO stops (subject, stopped_by, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .Set(stop.Subject).Set(stop.By).Set(stop.At).ExecuteCount() == 1;

    /// <inheritdoc/>
    public StopRequest? StopOf(string invocationId, string? inboxId) => session
        .Statement("SELECT subject, stopped_by, at FROM stops WHERE subject = $1 OR subject = $2 ORDER BY at LIMIT 1")
        .Set(invocationId).Set(inboxId).First(row => new StopRequest(row.Text(0), row.Text(1), row.Time(2)));

    private static InvocationRow Read(SqlRow row) => new(
        row.Text(0),
        row.TextOrNull(1),
        row.Text(2),
        row.Text(3),
        row.Text(4),
        Json.Read<List<string>>(row.Text(5)),
        row.Text(6),
        row.Text(7),
        row.TextOrNull(8),
        row.TextOrNull(9),
        row.Text(10),
        row.Word<InvocationStatus>(11),
        row.TextOrNull(12),
        row.TextOrNull(13),
        row.TextOrNull(14),
        row.TextOrNull(15),
        row.Time(16),
        row.TimeOrNull(17)) { TaintedBy = row.TextOrNull(18) };
}
