namespace ChatOps.Tools.ApprovalTools;

internal sealed partial class ApprovalsListTool
{
    public static readonly ToolManifest Definition = new("approvals_list", "approvals", "What waits for a decision, and what was decided.", ["approvals list", "approvals"],
    [
        new("state", ParameterKind.Choice, "pending, decided or all.", Default: "pending", Choices: ["pending", "decided", "all"]),
        new("limit", ParameterKind.Number, "At most so many.", Default: "50"),
    ]) { Recorded = false, Examples = ["approvals", "approvals list --state all"] };
}
