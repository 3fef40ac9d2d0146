using ChatOps.Approvals;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.ApprovalTools;

/// <summary>Lists approvals.</summary>
internal sealed partial class ApprovalsListTool(IStore store, IApprovals approvals) : ITool
{
    private const int MaxListed = 500;
    private static readonly ApprovalState[] Pending = [ApprovalState.Pending];
    private static readonly ApprovalState[] Decided = Enum.GetValues<ApprovalState>().Except(Pending).ToArray();

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List approvals");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        ApprovalState[] states = call.Arguments.Required("state") switch { "pending" => Pending, "decided" => Decided, _ => [] };
        var limit = (int)Math.Clamp(call.Arguments.Number("limit") ?? 50, 1, MaxListed);
        var list = await store.ReadAsync(s => approvals.List(s, states, limit), cancellationToken);
        if (list.Count == 0)
        {
            var nothing = states == Pending ? "Nothing waits for a decision." : "There are none.";
            return ToolAnswer.Done(nothing, RichMessage.Text(nothing), Array.Empty<object>());
        }

        var rows = list.Select(a => (IReadOnlyList<string>)
            [a.Id, ApprovalText.State(a), ApprovalText.Title(a), a.Request.Requester, a.State == ApprovalState.Pending ? $"until {a.ExpiresAt:HH:mm} UTC" : a.Outcome ?? a.SettledBy ?? ""]).ToList();
        var summary = $"{list.Count} approval{(list.Count == 1 ? "" : "s")}.";
        var blocks = new List<Block> { new TextBlock(summary), new TableBlock(["Id", "State", "What", "Asked by", ""], rows) };
        if (list.Any(a => a.State == ApprovalState.Pending)) blocks.Add(new TextBlock("Decide with `/approve ID` or `/deny ID`, or on the card."));
        return ToolAnswer.Done(summary, new RichMessage(blocks), list.Select(ApprovalText.Data).ToList());
    }
}
