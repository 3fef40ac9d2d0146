namespace ChatOps.Tools.Access;

internal sealed partial class RolesTool
{
    public static readonly ToolManifest Definition = new("access_roles", "access", "Roles with what they allow and deny.", ["access roles"], [])
    {
        Recorded = false,
        Examples = ["access roles"],
    };
}
