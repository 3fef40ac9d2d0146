using ChatOps.Tools;

namespace ChatOps.Storage;

/// <summary>Tool invocations.</summary>
public interface IInvocationStore
{
    /// <summary>Adds a row; false when the id or the principal's idempotency key exists.</summary>
    bool Add(InvocationRow row);

    /// <summary>One row.</summary>
    InvocationRow? Find(string id);

    /// <summary>The row with a principal's idempotency key.</summary>
    InvocationRow? FindByKey(string principal, string idempotencyKey);

    /// <summary>Changes the status only when it is <paramref name="from"/> now. A null keeps what the column holds.</summary>
    /// <returns>Whether it was.</returns>
    bool CompareAndSet(string id, InvocationStatus from, InvocationStatus to, string? holder, string? approvalId, string? intentAuditId, string? outcomeJson, DateTimeOffset? finishedAt);

    /// <summary>Rows in a status, oldest first.</summary>
    IReadOnlyList<InvocationRow> InStatus(InvocationStatus status, int limit);

    /// <summary>Rows of a conversation that run or wait.</summary>
    IReadOnlyList<InvocationRow> OpenIn(string conversationId);

    /// <summary>The newest rows that acted on a node.</summary>
    IReadOnlyList<InvocationRow> RecentOn(string node, int limit);
}
