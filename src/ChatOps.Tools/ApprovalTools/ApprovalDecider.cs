using ChatOps.Approvals;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.ApprovalTools;

/// <summary>The one way from a decision typed, pressed or posted to the ledger of approvals.</summary>
internal sealed class ApprovalDecider(IApprovals approvals, IStore store)
{
    private static readonly RichMessage Silence = new([]);

    public async Task<ToolResult> DecideAsync(ToolCall call, bool approve, CancellationToken cancellationToken)
    {
        var a = call.Arguments;
        var result = await approvals.DecideAsync(
            new ApprovalDecision(
                a.Required("id"), call.Principal, call.Actor, approve, a.Text("reason"), (int?)a.Number("revision"), a.Text("hash"), a.Duration("grant_for")),
            cancellationToken);
        var data = new { decision = result.Status, message = result.Message, approval = result.Approval is null ? null : ApprovalText.Data(result.Approval) };
        return result.Status switch
        {
            DecisionStatus.Settled or DecisionStatus.Voted when await CardSaysItAsync(call, result.Approval!, cancellationToken) =>
                ToolAnswer.Done(result.Message, Silence, data),
            DecisionStatus.Settled or DecisionStatus.Voted => ToolAnswer.Done(result.Message, data),
            DecisionStatus.NotFound => ToolAnswer.Failed(FailureCode.NotFound, result.Message) with { DataJson = Json.Write(data) },
            DecisionStatus.Refused => ToolAnswer.Refused(FailureCode.NotAllowed, result.Message) with { DataJson = Json.Write(data) },
            _ => ToolAnswer.Refused(FailureCode.PlanDrifted, result.Message) with { DataJson = Json.Write(data) },
        };
    }

    // The card in the same conversation shows who decided; saying it again below would be noise.
    private async Task<bool> CardSaysItAsync(ToolCall call, Approval approval, CancellationToken cancellationToken) =>
        call.Conversation is { } here && (await store.ReadAsync(s => approvals.Cards(s, approval.Id), cancellationToken)).Any(c => c.ConversationId == here.Id);
}
