using ChatOps.Approvals;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tests.Agent.Fakes;

/// <summary>Cards as one line of text, so that a test sees where they stand.</summary>
internal sealed class ShownCards(IReplies replies) : IApprovalCards
{
    public bool ShowIn(IStoreSession session, string id, ConversationKey conversation, string? inboxId, string? messageId)
    {
        var card = RichMessage.Text($"card of {id}");
        if (messageId is null) replies.Post(session, conversation, card, ReplyPriority.Approval, inboxId);
        else replies.Edit(session, messageId, card, ReplyPriority.Approval);
        return true;
    }

    public void RedrawPending(IStoreSession session)
    {
        // There is nothing drawn.
    }
}
