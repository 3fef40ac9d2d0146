namespace ChatOps.Tools.Runbooks;

internal sealed partial class RunbookShowTool
{
    public static readonly ToolManifest Definition = new("runbook_show", "runbooks", "One runbook note: its text, its steps, how far it is trusted and why, and its newest runs.", ["runbook show"],
    [
        new("name", ParameterKind.Text, "The note's name: its file without .md.", Required: true, Position: 0),
    ])
    {
        Recorded = false,
        ReadsOutside = true,
        Examples = ["runbook show disk-full"],
    };
}
