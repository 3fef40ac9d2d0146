using ChatOps.Tools;

namespace ChatOps.Storage;

/// <summary>An invocation in the store.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IdempotencyKey">Unique within the principal; null for none.</param>
/// <param name="Tool">Tool name.</param>
/// <param name="ArgumentsJson">Canonical arguments (unredacted only as far as needed to run; see <see cref="ToolArguments"/>).</param>
/// <param name="PlanHash">Hash of tool, arguments and target names.</param>
/// <param name="Targets">Resolved node names.</param>
/// <param name="Principal">Who asked.</param>
/// <param name="ActorKey">Through which identity.</param>
/// <param name="ConversationId">Where; null for CLI and API.</param>
/// <param name="InboxId">The inbound message whose turn made it; null for none.</param>
/// <param name="Source">chat, cli, api, …</param>
/// <param name="Status">Where it is.</param>
/// <param name="ApprovalId">The approval it waits or waited for.</param>
/// <param name="Holder">The gateway instance that runs it.</param>
/// <param name="IntentAuditId">The audit record of the intent.</param>
/// <param name="OutcomeJson">The whole outcome once terminal (redacted).</param>
/// <param name="CreatedAt">When asked.</param>
/// <param name="FinishedAt">When terminal.</param>
public sealed record InvocationRow(
    string Id,
    string? IdempotencyKey,
    string Tool,
    string ArgumentsJson,
    string PlanHash,
    IReadOnlyList<string> Targets,
    string Principal,
    string ActorKey,
    string? ConversationId,
    string? InboxId,
    string Source,
    InvocationStatus Status,
    string? ApprovalId,
    string? Holder,
    string? IntentAuditId,
    string? OutcomeJson,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt)
{
    /// <summary>The outside text that its turn had read; null for none.</summary>
    public string? TaintedBy { get; init; }
}
