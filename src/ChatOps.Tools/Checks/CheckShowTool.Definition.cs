namespace ChatOps.Tools.Checks;

internal sealed partial class CheckShowTool
{
    public static readonly ToolManifest Definition = new("check_show", "checks", "One check: how it is written, where it stands, what shows it.", ["check show"],
    [
        CheckParameters.Name,
        new("chart", ParameterKind.Flag, "With a picture of what it measured in the last seven days, where a browser is installed on the gateway's machine."),
    ])
    {
        Recorded = false,
        ReadsOutside = true,
        Examples = ["check show disk-root", "check show disk-root --chart"],
    };
}
