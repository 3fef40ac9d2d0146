namespace ChatOps.Tools.DeadLetters;

internal sealed partial class DlqDropTool
{
    public static readonly ToolManifest Definition = new("dlq_drop", "dlq", "Give a dead letter up for good.", ["dlq drop"], [DeadLetterParameters.IdOrAll])
    {
        NeverAsks = true,
        Examples = ["dlq drop 01k3a", "dlq drop all"],
    };
}
