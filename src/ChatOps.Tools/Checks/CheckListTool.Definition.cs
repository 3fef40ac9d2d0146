namespace ChatOps.Tools.Checks;

internal sealed partial class CheckListTool
{
    public static readonly ToolManifest Definition = new("check_list", "checks", "Checks, where each stands on each node, the worst first, and what is wrong in their files.", ["check list", "checks"],
    [
        new("bad", ParameterKind.Flag, "Only what is not well."),
        new("set", ParameterKind.Text, "Only the checks of this set."),
    ])
    {
        Recorded = false,
        ReadsOutside = true,
        Examples = ["check list", "check list --bad"],
    };
}
