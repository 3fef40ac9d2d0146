namespace ChatOps.Tools.ApprovalTools;

internal sealed partial class ApprovalsApproveTool
{
    public static readonly ToolManifest Definition = new("approvals_approve", "approvals", "Approve: it runs as shown on the card.", ["approvals approve", "approve"],
    [
        ApprovalParameters.Id,
        ApprovalParameters.Reason,
        new("grant_for", ParameterKind.Duration, "Also allow this exact command here without asking, for so long (at most 30d)."),
        ApprovalParameters.Revision,
        ApprovalParameters.Hash,
    ]) { NeverAsks = true, TargetsInPlan = true, Examples = ["approve 7F3K2M", "approve 7F3K2M --reason 'window agreed'"] };
}
