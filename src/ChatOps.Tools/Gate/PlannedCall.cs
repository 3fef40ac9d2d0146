using ChatOps.Approvals;
using ChatOps.Policy;
using ChatOps.Tools.Plans;

namespace ChatOps.Tools.Gate;

/// <summary>A step of a plan, or its check, as the gate has assessed it.</summary>
/// <param name="Request">The call as it will be made.</param>
/// <param name="Item">Exactly what will run.</param>
/// <param name="Need">What the rules say of it alone.</param>
/// <param name="Step">As it was proposed.</param>
internal sealed record PlannedCall(InvocationRequest Request, PlanItem Item, ApprovalNeed Need, PlanStep Step);
