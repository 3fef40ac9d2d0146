using ChatOps.Policy;

namespace ChatOps.Approvals;

/// <summary>A question put to people. Immutable; a change is a new request.</summary>
/// <param name="Items">The plan: one or more invocations.</param>
/// <param name="PlanHash">SHA-256 over the canonical plan; what a decision binds to.</param>
/// <param name="Need">Votes and roles, and the rule that asked.</param>
/// <param name="PolicyVersion">Version of the rules in force.</param>
/// <param name="Requester">Principal.</param>
/// <param name="ActorKey">The requester's identity.</param>
/// <param name="RequesterName">Display name at the time.</param>
/// <param name="ConversationId">Where it was asked; null for CLI and API.</param>
/// <param name="InboxId">The message that led to it.</param>
/// <param name="Why">The requester's reason, when given.</param>
public sealed record ApprovalRequest(
    IReadOnlyList<PlanItem> Items,
    string PlanHash,
    ApprovalNeed Need,
    string PolicyVersion,
    string Requester,
    string ActorKey,
    string RequesterName,
    string? ConversationId,
    string? InboxId,
    string? Why)
{
    /// <summary>Whether a model wrote <see cref="Why"/>; the card says so.</summary>
    public bool WhyGenerated { get; init; }

    /// <summary>The outside text that was read before it was asked for; null for none. The card names it.</summary>
    public string? TaintedBy { get; init; }
}
