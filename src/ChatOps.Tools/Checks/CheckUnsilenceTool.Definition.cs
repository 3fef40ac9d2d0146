namespace ChatOps.Tools.Checks;

internal sealed partial class CheckUnsilenceTool
{
    public static readonly ToolManifest Definition = new("check_unsilence", "checks", "End the silences of a check; what is bad is said at once.", ["check unsilence"], [CheckParameters.NameOrAll, CheckParameters.Node])
    {
        NeverAsks = true,
        Examples = ["check unsilence disk-root", "check unsilence all"],
    };
}
