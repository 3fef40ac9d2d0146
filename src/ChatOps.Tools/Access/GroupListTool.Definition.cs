namespace ChatOps.Tools.Access;

internal sealed partial class GroupListTool
{
    public static readonly ToolManifest Definition = new("access_group_list", "access", "Groups that are admitted, and those in which somebody asked.", ["access group list", "access group"], [])
    {
        Recorded = false,
        Examples = ["access group list"],
    };
}
