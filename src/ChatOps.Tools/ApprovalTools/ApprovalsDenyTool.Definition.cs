namespace ChatOps.Tools.ApprovalTools;

internal sealed partial class ApprovalsDenyTool
{
    public static readonly ToolManifest Definition = new("approvals_deny", "approvals", "Deny: nothing runs, and the requester learns why.", ["approvals deny", "deny"],
    [
        ApprovalParameters.Id,
        ApprovalParameters.Reason,
        ApprovalParameters.Revision,
        ApprovalParameters.Hash,
    ]) { NeverAsks = true, TargetsInPlan = true, Examples = ["deny 7F3K2M --reason 'not during business hours'"] };
}
