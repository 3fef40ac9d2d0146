namespace ChatOps.Tools.ApprovalTools;

/// <summary>Approves.</summary>
internal sealed partial class ApprovalsApproveTool(ApprovalDecider decider) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) =>
        ToolRisk.Change("approval.decide", "A decision lets something run.", $"Approve {call.Arguments.Required("id")}", $"approve {call.Arguments.Required("id")}");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) => decider.DecideAsync(call, approve: true, cancellationToken);
}
