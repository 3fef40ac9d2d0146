using ChatOps.Approvals.Policies;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Approvals.Cards;

/// <summary>Posts an approval's card and keeps every copy of it current. A failed redraw never undoes a decision: it is the outbox's business.</summary>
internal sealed class CardWriter(IReplies replies, CardRenderer renderer, VoterPolicy voters, IIdGenerator ids, TimeProvider time)
{
    /// <summary>How many messages show one approval at most; beyond it the oldest copy is not kept current any more.</summary>
    public const int MaxCopies = 12;

    public void Post(IStoreSession session, Approval approval)
    {
        if (approval.Request.ConversationId is { } conversation) Post(session, approval, conversation, approval.Request.InboxId);
    }

    /// <summary>Shows it in a conversation as a further copy, in a message that is there or in a new one.</summary>
    public void ShowIn(IStoreSession session, Approval approval, ConversationKey conversation, string? inboxId, string? messageId)
    {
        var copies = session.Approvals.Cards(approval.Id);
        if (copies.Count >= MaxCopies) session.Approvals.RemoveCard(approval.Id, copies.MinBy(c => c.MessageId, StringComparer.Ordinal)!.MessageId);
        if (messageId is null)
        {
            Post(session, approval, conversation.Id, inboxId);
            return;
        }

        replies.Edit(session, messageId, Card(session, approval, conversation.Id, null), ReplyPriority.Approval);
        session.Approvals.AddCard(new ApprovalCard(approval.Id, messageId, conversation.Id));
    }

    /// <summary>Posts a card anew in place of one that may or may not have reached people; the others get the new buttons too.</summary>
    public void Replace(IStoreSession session, Approval approval, ApprovalCard lost)
    {
        session.Approvals.RemoveCard(approval.Id, lost.MessageId);
        Update(session, approval, null);
        Post(session, approval, lost.ConversationId, session.Outbox.FindMessage(lost.MessageId)?.InboxId);
    }

    public void Update(IStoreSession session, Approval approval, RichMessage? result)
    {
        foreach (var copy in session.Approvals.Cards(approval.Id))
            replies.Edit(session, copy.MessageId, Card(session, approval, copy.ConversationId, result), ReplyPriority.Approval);
    }

    public RichMessage Render(Approval approval, ActionsBlock? buttons, RichMessage? result) => renderer.Render(approval, buttons, result, null);

    private void Post(IStoreSession session, Approval approval, string conversation, string? inboxId)
    {
        var messageId = replies.Post(session, ConversationKey.Parse(conversation), Card(session, approval, conversation, null), ReplyPriority.Approval, inboxId);
        session.Approvals.AddCard(new ApprovalCard(approval.Id, messageId, conversation));
    }

    private RichMessage Card(IStoreSession session, Approval approval, string conversation, RichMessage? result) =>
        renderer.Render(approval, Buttons(session, approval, conversation), result, approval.State == ApprovalState.Pending ? voters.HaltOver(session, approval.Request) : null);

    // A button names a stored command and works in its own conversation alone; revision and hash in it make a press on an outdated card harmless.
    private ActionsBlock? Buttons(IStoreSession session, Approval approval, string conversation)
    {
        if (approval.State != ApprovalState.Pending) return null;
        var bound = $"--revision {approval.Revision} --hash {approval.Request.PlanHash[..16]}";
        return renderer.Buttons(
            approval,
            approve: Store(session, conversation, $"approvals approve {approval.Id} {bound}"),
            deny: Store(session, conversation, $"approvals deny {approval.Id} {bound}"),
            always: days => Store(session, conversation, $"approvals approve {approval.Id} {bound} --grant-for {days}d"));
    }

    private string Store(IStoreSession session, string conversation, string command)
    {
        var token = ids.NewActionToken();
        session.Approvals.AddAction(new StoredAction(token, command, conversation, time.GetUtcNow()));
        return token;
    }
}
