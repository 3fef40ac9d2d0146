namespace ChatOps.Tools.Checks;

internal sealed partial class CheckRunTool
{
    public static readonly ToolManifest Definition = new("check_run", "checks", "Look now: at a check, at the checks of a set, or at all.", ["check run"],
    [
        new("name", ParameterKind.Text, "The check's name, a set's, or 'all'.", Required: true, Position: 0),
    ])
    {
        ReadsOutside = true,
        Examples = ["check run disk-root", "check run all"],
    };
}
