namespace ChatOps.Tools.ApprovalTools;

internal sealed partial class ApprovalsShowTool
{
    public static readonly ToolManifest Definition = new("approvals_show", "approvals", "One approval in full.", ["approvals show"],
    [
        ApprovalParameters.Id,
    ]) { Recorded = false, Examples = ["approvals show 7F3K2M"] };
}
