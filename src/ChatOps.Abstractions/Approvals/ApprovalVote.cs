namespace ChatOps.Approvals;

/// <summary>A vote.</summary>
/// <param name="ApprovalId">On what.</param>
/// <param name="Principal">By whom.</param>
/// <param name="ActorKey">Through which identity.</param>
/// <param name="Approves">Yes or no.</param>
/// <param name="Reason">Their words.</param>
/// <param name="At">When.</param>
public sealed record ApprovalVote(string ApprovalId, string Principal, string ActorKey, bool Approves, string? Reason, DateTimeOffset At);
