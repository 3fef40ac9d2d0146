namespace ChatOps.Tools.Access;

internal sealed partial class GroupRemoveTool
{
    public static readonly ToolManifest Definition = new("access_group_remove", "access", "Take a group's admission back: nobody is answered in it.", ["access group remove"],
    [
        new("group", ParameterKind.Text, "CHANNEL:CHAT, as 'access group list' shows it.", Required: true, Position: 0),
    ]) { NeverAsks = true, Examples = ["access group remove telegram:-100123"] };
}
