namespace ChatOps.Tools.DeadLetters;

internal sealed partial class DlqShowTool
{
    public static readonly ToolManifest Definition = new("dlq_show", "dlq", "One dead letter in full.", ["dlq show"], [DeadLetterParameters.Id])
    {
        OnlyReads = true,
        Examples = ["dlq show 01k3a"],
    };
}
