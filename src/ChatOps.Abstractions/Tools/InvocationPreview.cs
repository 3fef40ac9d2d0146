using ChatOps.Approvals;
using ChatOps.Policy;

namespace ChatOps.Tools;

/// <summary>What the gate says about a request that it was only asked about: nothing ran, nothing was recorded, nobody was asked.</summary>
/// <param name="Item">What would run; null when it was refused before it was assessed.</param>
/// <param name="Need">Whether people would be asked; null when it is refused.</param>
/// <param name="Refusal">Why it would be refused; null when it would not.</param>
public sealed record InvocationPreview(PlanItem? Item, ApprovalNeed? Need, InvocationOutcome? Refusal);
