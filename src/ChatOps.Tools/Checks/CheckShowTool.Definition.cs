namespace ChatOps.Tools.Checks;

internal sealed partial class CheckShowTool
{
    public static readonly ToolManifest Definition = new("check_show", "checks", "One check: how it is written, where it stands, what shows it.", ["check show"], [CheckParameters.Name])
    {
        Recorded = false,
        ReadsOutside = true,
        Examples = ["check show disk-root"],
    };
}
