namespace ChatOps.Tools.Access;

internal sealed partial class GroupAdmitTool
{
    public static readonly ToolManifest Definition = new("access_group_admit", "access", "Admit a group: known people are answered in it.", ["access group admit"],
    [
        new("group", ParameterKind.Text, "CHANNEL:CHAT, as the bot says it in the group.", Required: true, Position: 0),
    ]) { NeverAsks = true, Examples = ["access group admit telegram:-100123"] };
}
