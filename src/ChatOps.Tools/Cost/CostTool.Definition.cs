namespace ChatOps.Tools.Cost;

internal sealed partial class CostTool
{
    public static readonly ToolManifest Definition = new("cost", "cost", "What models cost: tokens and money, and how the budgets stand today.", ["cost show", "cost"],
    [
        new("by", ParameterKind.Choice, "Added up by what.", Default: "model", Choices: ["person", "conversation", "model", "schedule", "day"]),
        new("since", ParameterKind.Duration, "How far back (24h, 7d, 30d).", Default: "24h"),
    ]) { Recorded = false, Examples = ["cost", "cost --by person --since 7d"] };
}
