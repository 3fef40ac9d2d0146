namespace ChatOps.Tools.DeadLetters;

internal sealed partial class DlqListTool
{
    public static readonly ToolManifest Definition = new("dlq_list", "dlq", "Messages that could not be delivered, with the reasons.", ["dlq list", "dlq"], [])
    {
        Recorded = false,
        Examples = ["dlq list"],
    };
}
