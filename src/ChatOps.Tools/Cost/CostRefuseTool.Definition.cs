namespace ChatOps.Tools.Cost;

internal sealed partial class CostRefuseTool
{
    public static readonly ToolManifest Definition = new("cost_refuse", "budgets", "End an answer that waits because a budget for models is used up.", ["cost refuse"],
    [
        new("message", ParameterKind.Text, "The id of the message that waits; the button below it has it.", Required: true, Position: 0),
    ]) { NeverAsks = true, Examples = ["cost refuse 01K9ZC3W7J8Q"] };
}
