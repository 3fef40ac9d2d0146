using ChatOps.Approvals;
using ChatOps.Storage;

namespace ChatOps.Tools.ApprovalTools;

/// <summary>Ends a standing grant.</summary>
internal sealed partial class GrantsRevokeTool(IStore store, IApprovals approvals) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) =>
        ToolRisk.Change("grant.revoke", "It takes a permission away.", $"End the standing grant {call.Arguments.Required("id")}", $"revoke {call.Arguments.Required("id")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var id = call.Arguments.Required("id").ToUpperInvariant();
        return await store.WriteAsync(s => approvals.RevokeGrant(s, id, call.Principal.Id), cancellationToken)
            ? ToolAnswer.Done($"The standing grant {id} has ended; the command asks again.", new { id })
            : ToolAnswer.Failed(FailureCode.NotFound, $"There is no active standing grant '{id}'. 'approvals grants' lists them.");
    }
}
