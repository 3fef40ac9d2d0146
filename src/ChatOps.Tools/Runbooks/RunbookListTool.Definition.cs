namespace ChatOps.Tools.Runbooks;

internal sealed partial class RunbookListTool
{
    public static readonly ToolManifest Definition = new("runbook_list", "runbooks", "The notes of workspace/runbooks: what each is for, how far it is trusted, what its runs have shown.", ["runbook list", "runbooks"], [])
    {
        Recorded = false,
        ReadsOutside = true,
        Examples = ["runbook list"],
    };
}
