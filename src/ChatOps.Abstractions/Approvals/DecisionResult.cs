namespace ChatOps.Approvals;

/// <summary>What became of an attempt to decide.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Message">One sentence for the person who decided: "Approved.", "1 of 2 votes.", "Already approved by li at 14:05 UTC.", "Only …".</param>
/// <param name="Approval">The approval after it, when it exists.</param>
public sealed record DecisionResult(DecisionStatus Status, string Message, Approval? Approval);
