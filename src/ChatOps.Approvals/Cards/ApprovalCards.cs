using ChatOps.Approvals.Pending;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Approvals.Cards;

/// <summary>Shows approvals where they were not asked for, and anew.</summary>
internal sealed class ApprovalCards(ApprovalLedger ledger, CardWriter cards) : IApprovalCards
{
    public bool ShowIn(IStoreSession session, string id, ConversationKey conversation, string? inboxId, string? messageId)
    {
        if (ledger.Find(session, id) is not { } approval) return false;
        cards.ShowIn(session, approval, conversation, inboxId, messageId);
        return true;
    }

    public void RedrawPending(IStoreSession session)
    {
        foreach (var approval in ledger.List(session, [ApprovalState.Pending], int.MaxValue)) cards.Update(session, approval, null);
    }
}
