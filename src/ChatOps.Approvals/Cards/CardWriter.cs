using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Approvals.Cards;

/// <summary>Posts an approval's card and keeps every copy of it current. A failed redraw never undoes a decision: it is the outbox's business.</summary>
internal sealed class CardWriter(IReplies replies, CardRenderer renderer, IIdGenerator ids, TimeProvider time)
{
    public void Post(IStoreSession session, Approval approval)
    {
        if (approval.Request.ConversationId is not { } conversation) return;
        var card = renderer.Render(approval, Buttons(session, approval), null);
        var messageId = replies.Post(session, ConversationKey.Parse(conversation), card, ReplyPriority.Approval, approval.Request.InboxId);
        session.Approvals.AddCard(new ApprovalCard(approval.Id, messageId, conversation));
    }

    public void Update(IStoreSession session, Approval approval, RichMessage? result)
    {
        var copies = session.Approvals.Cards(approval.Id);
        if (copies.Count == 0) return;
        var card = renderer.Render(approval, Buttons(session, approval), result);
        foreach (var copy in copies) replies.Edit(session, copy.MessageId, card, ReplyPriority.Approval);
    }

    public RichMessage Render(Approval approval, ActionsBlock? buttons, RichMessage? result) => renderer.Render(approval, buttons, result);

    // A button names a stored command; revision and hash in it make a press on an outdated copy harmless.
    private ActionsBlock? Buttons(IStoreSession session, Approval approval)
    {
        if (approval.State != ApprovalState.Pending) return null;
        var bound = $"--revision {approval.Revision} --hash {approval.Request.PlanHash[..16]}";
        return renderer.Buttons(
            approval,
            approve: Store(session, approval, $"approvals approve {approval.Id} {bound}"),
            deny: Store(session, approval, $"approvals deny {approval.Id} {bound}"),
            always: days => Store(session, approval, $"approvals approve {approval.Id} {bound} --grant-for {days}d"));
    }

    private string Store(IStoreSession session, Approval approval, string command)
    {
        var token = ids.NewActionToken();
        session.Approvals.AddAction(new StoredAction(token, command, approval.Request.ConversationId, time.GetUtcNow()));
        return token;
    }
}
