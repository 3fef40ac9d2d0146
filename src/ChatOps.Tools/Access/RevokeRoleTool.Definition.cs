namespace ChatOps.Tools.Access;

internal sealed partial class RevokeRoleTool
{
    public static readonly ToolManifest Definition = new("access_revoke", "access", "Take a role from a person.", ["access revoke"],
    [
        new("person", ParameterKind.Text, "The person.", Required: true, Position: 0),
        new("role", ParameterKind.Text, "The role.", Required: true, Position: 1),
    ]) { Examples = ["access revoke ana operator"] };
}
