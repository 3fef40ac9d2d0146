using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Cost;

/// <summary>Says that a budget is not raised for a turn that lies still at it. The turn itself then says its end.</summary>
internal sealed partial class CostRefuseTool(IStore store) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "cost.refuse", "An answer that waits ends.", $"End what waits at a budget: {call.Arguments.Required("message")}", $"cost refuse {call.Arguments.Required("message")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var id = call.Arguments.Required("message");
        var refused = await store.WriteAsync(
            session =>
            {
                if (session.Inbox.Find(id) is not { State: InboxState.Suspended, Context.Pause: { RefusedBy: null } pause } item) return false;
                session.Inbox.SetContext(id, item.Context with { Pause = pause with { RefusedBy = call.Principal.DisplayName } });
                session.PublishAfterCommit(new BudgetsChanged());
                return true;
            },
            cancellationToken);
        return refused
            ? ToolAnswer.Done("It ends, and says so where it waited.", new { message = id })
            : ToolAnswer.Failed(FailureCode.NotFound, $"Nothing with the id '{id}' waits at a budget. It may have gone on, or have ended.");
    }
}
