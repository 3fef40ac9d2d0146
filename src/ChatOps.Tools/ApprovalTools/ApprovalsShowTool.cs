using ChatOps.Approvals;
using ChatOps.Storage;

namespace ChatOps.Tools.ApprovalTools;

/// <summary>Shows one approval as its card.</summary>
internal sealed partial class ApprovalsShowTool(IStore store, IApprovals approvals) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show an approval");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var id = call.Arguments.Required("id");
        var (approval, row) = await store.ReadAsync(
            s => approvals.Find(s, id) is { } found ? (found, s.Invocations.Find(found.Request.Items[0].InvocationId)) : (null, null), cancellationToken);
        if (approval is null) return ToolAnswer.Failed(FailureCode.NotFound, $"There is no approval '{id}'. 'approvals list --state all' lists them.");
        var result = row?.OutcomeJson is { } json ? Json.Read<InvocationOutcome>(json).Result?.Message : null;
        return ToolAnswer.Done($"{approval.Id} is {ApprovalText.State(approval)}", approvals.Render(approval, result), ApprovalText.Data(approval))
            with { Card = approval.State is ApprovalState.Pending or ApprovalState.Approved or ApprovalState.Running ? approval.Id : null };
    }
}
