using ChatOps.Storage;

namespace ChatOps.Messages;

/// <summary>The way out to people: writes the outbox inside the caller's transaction; delivery is woken after the commit.</summary>
public interface IReplies
{
    /// <summary>Posts a new message.</summary>
    /// <param name="session">The transaction that also holds the reason for the message.</param>
    /// <param name="conversation">Where.</param>
    /// <param name="content">What.</param>
    /// <param name="priority">What goes first.</param>
    /// <param name="inboxId">The inbound message it answers; null when none.</param>
    /// <param name="privateTo">Only this person (the platform's user id) may see it; null for everybody in the conversation.</param>
    /// <returns>The message's id, for edits.</returns>
    string Post(IStoreSession session, ConversationKey conversation, RichMessage content, ReplyPriority priority, string? inboxId, string? privateTo = null);

    /// <summary>Posts a new message whose sending opens a thread; what became of that is told by <see cref="ThreadSettled"/> and stands with the message in the store.</summary>
    /// <param name="session">The transaction that also holds the reason for the message.</param>
    /// <param name="conversation">Where.</param>
    /// <param name="content">What.</param>
    /// <param name="priority">What goes first.</param>
    /// <param name="threadTitle">What the thread is called where it has a name.</param>
    /// <returns>The message's id.</returns>
    string PostOpening(IStoreSession session, ConversationKey conversation, RichMessage content, ReplyPriority priority, string threadTitle);

    /// <summary>Replaces a message's content. Edits of one message that wait are coalesced to the newest.</summary>
    void Edit(IStoreSession session, string messageId, RichMessage content, ReplyPriority priority);

    /// <summary>Shows a passing state of a message (streamed output, a progress bar). Not stored: the newest wins, a lost one does not matter. Where another gateway speaks with the channel, that one shows it.</summary>
    void ShowProgress(string messageId, ConversationKey conversation, RichMessage content);

    /// <summary>Nothing passing that this gateway had shown of a message is shown after this has ended, so that nothing of the past goes over what another gateway sends for it. A platform, or a gateway, that does not answer is waited for a few seconds only.</summary>
    Task EndProgressAsync(string messageId, ConversationKey conversation);
}
