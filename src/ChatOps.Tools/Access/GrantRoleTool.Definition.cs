namespace ChatOps.Tools.Access;

internal sealed partial class GrantRoleTool
{
    public static readonly ToolManifest Definition = new("access_grant", "access", "Give a person a role.", ["access grant"],
    [
        new("person", ParameterKind.Text, "The person; created when new.", Required: true, Position: 0),
        new("role", ParameterKind.Text, "The role.", Required: true, Position: 1),
    ]) { Examples = ["access grant ana operator"] };
}
