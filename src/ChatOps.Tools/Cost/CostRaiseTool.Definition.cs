namespace ChatOps.Tools.Cost;

internal sealed partial class CostRaiseTool
{
    public static readonly ToolManifest Definition = new("cost_raise", "budgets", "Raise a budget for models for the rest of today (UTC).", ["cost raise"],
    [
        new("budget", ParameterKind.Choice, "Which budget.", Required: true, Position: 0, Choices: ["person", "conversation", "day"]),
        new("of", ParameterKind.Text, "The person, or the conversation's id; nothing for the day.", Position: 1),
        new("by", ParameterKind.Text, "By how many US dollars: 5, 0.50.", Required: true),
    ]) { NeverAsks = true, Examples = ["cost raise person ana --by 5", "cost raise day --by 20"] };
}
