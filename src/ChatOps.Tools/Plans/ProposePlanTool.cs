using ChatOps.Policy;

namespace ChatOps.Tools.Plans;

/// <summary>Several changes for one goal as one plan. What its steps are, may and would do, and their run, is the gate's business: each passes it as if it were called alone.</summary>
internal sealed partial class ProposePlanTool : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var problem = PlanText.TrySteps(call.Arguments.Required("steps"), out _, out var wrong) && PlanText.TryCheck(call.Arguments.Text("check"), out _, out wrong) ? null : wrong;
        var goal = call.Arguments.Required("goal").ReplaceLineEndings(" ").Trim();
        // The gate raises the risk to that of the riskiest step.
        return ValueTask.FromResult(new ToolAssessment(Risk.Read, "plan: its riskiest step", "As risky as its riskiest step.", $"Run the plan: {goal}", goal, new Dictionary<string, string>()) { Problem = problem });
    }

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A plan is run by the gate, step by step.");
}
