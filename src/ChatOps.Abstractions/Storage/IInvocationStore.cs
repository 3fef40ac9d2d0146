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

    /// <summary>Keeps that something is to be stopped; the first request stands.</summary>
    /// <returns>Whether it is the first.</returns>
    bool RequestStop(StopRequest stop);

    /// <summary>The request to stop an invocation, or the turn that makes it; null when there is none.</summary>
    /// <param name="invocationId">The invocation.</param>
    /// <param name="inboxId">The inbound message whose turn makes it; null for none.</param>
    StopRequest? StopOf(string invocationId, string? inboxId);
}
