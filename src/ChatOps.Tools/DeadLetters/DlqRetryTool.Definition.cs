namespace ChatOps.Tools.DeadLetters;

internal sealed partial class DlqRetryTool
{
    public static readonly ToolManifest Definition = new("dlq_retry", "dlq", "Send a dead letter again.", ["dlq retry"], [DeadLetterParameters.IdOrAll])
    {
        NeverAsks = true,
        Examples = ["dlq retry 01k3a", "dlq retry all"],
    };
}
