using ChatOps.Identity;

namespace ChatOps.Approvals;

/// <summary>Somebody's attempt to decide.</summary>
/// <param name="ApprovalId">On what.</param>
/// <param name="Principal">Who.</param>
/// <param name="Actor">Through which identity.</param>
/// <param name="Approve">Yes or no.</param>
/// <param name="Reason">Their words.</param>
/// <param name="Revision">The revision that a button showed; null when typed by id.</param>
/// <param name="PlanHash">The hash (or its first 12 digits) that a button showed; null when typed by id.</param>
/// <param name="GrantFor">"Always allow this exact command here" for so long (at most 30 days); null: once.</param>
public sealed record ApprovalDecision(
    string ApprovalId, Principal Principal, Actor Actor, bool Approve, string? Reason, int? Revision, string? PlanHash, TimeSpan? GrantFor);
