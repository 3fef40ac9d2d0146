namespace ChatOps.Tools.ApprovalTools;

internal sealed partial class GrantsListTool
{
    public static readonly ToolManifest Definition = new("grants_list", "approvals", "Standing grants: what runs without asking, for whom, until when.", ["approvals grants"], [])
    {
        Recorded = false,
        Examples = ["approvals grants"],
    };
}
