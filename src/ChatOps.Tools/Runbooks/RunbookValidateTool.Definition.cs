namespace ChatOps.Tools.Runbooks;

internal sealed partial class RunbookValidateTool
{
    public static readonly ToolManifest Definition = new("runbook_validate", "runbooks", "Read the runbook notes now and name what is wrong in them, with file, line and reason.", ["runbook validate"], [])
    {
        Recorded = false,
        ReadsOutside = true,
        Examples = ["runbook validate"],
    };
}
