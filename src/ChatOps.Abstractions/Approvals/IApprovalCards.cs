using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Approvals;

/// <summary>Approval cards beyond the one that is posted where the approval was asked for.</summary>
public interface IApprovalCards
{
    /// <summary>Shows an approval in another conversation too: a copy of its card that is kept current, with buttons of its own.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="id">Which.</param>
    /// <param name="conversation">Where.</param>
    /// <param name="inboxId">The inbound message that asked for it; null when none.</param>
    /// <param name="messageId">A message there that becomes the copy; null posts a new one.</param>
    /// <returns>Whether there is such an approval.</returns>
    bool ShowIn(IStoreSession session, string id, ConversationKey conversation, string? inboxId, string? messageId);

    /// <summary>Draws the cards of everything that waits again: something that stands on all of them has changed.</summary>
    void RedrawPending(IStoreSession session);
}
