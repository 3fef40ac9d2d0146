namespace ChatOps.Tools.ApprovalTools;

/// <summary>Denies.</summary>
internal sealed partial class ApprovalsDenyTool(ApprovalDecider decider) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) =>
        ToolRisk.Change("approval.decide", "A decision ends a request.", $"Deny {call.Arguments.Required("id")}", $"deny {call.Arguments.Required("id")}");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) => decider.DecideAsync(call, approve: false, cancellationToken);
}
