namespace ChatOps.Tools.Access;

internal sealed partial class PeopleTool
{
    public static readonly ToolManifest Definition = new("access_people", "access", "People with their roles and identities.", ["access people"], [])
    {
        Recorded = false,
        Examples = ["access people"],
    };
}
