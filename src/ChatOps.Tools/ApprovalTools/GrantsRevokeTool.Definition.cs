namespace ChatOps.Tools.ApprovalTools;

internal sealed partial class GrantsRevokeTool
{
    public static readonly ToolManifest Definition = new("grants_revoke", "approvals", "End a standing grant: the command asks again.", ["approvals revoke"],
    [
        new("id", ParameterKind.Text, "The grant's id.", Required: true, Position: 0),
    ]) { NeverAsks = true, Examples = ["approvals revoke 4Q8ZTN"] };
}
