using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>The way out: message, delivery step and wake-up in the caller's transaction.</summary>
internal sealed class Replies(IIdGenerator ids, TimeProvider time, ChannelDirectory channels, SentMessages sent) : IReplies
{
    public string Post(IStoreSession session, ConversationKey conversation, RichMessage content, ReplyPriority priority, string? inboxId, string? privateTo = null)
    {
        var now = time.GetUtcNow();
        var id = ids.NewId();
        session.Outbox.AddMessage(new StoredMessage(id, conversation.Id, inboxId, content, null, now, now) { PrivateTo = privateTo });
        Enqueue(session, conversation.Id, id, OutboundOperation.Send, content, priority, now);
        return id;
    }

    public void Edit(IStoreSession session, string messageId, RichMessage content, ReplyPriority priority)
    {
        var message = session.Outbox.FindMessage(messageId) ?? throw new InvalidOperationException($"There is no message '{messageId}' to edit.");
        var now = time.GetUtcNow();
        session.Outbox.UpdateMessage(messageId, content, now);
        Enqueue(session, message.ConversationId, messageId, OutboundOperation.Edit, content, priority, now);
    }

    public void ShowProgress(string messageId, ConversationKey conversation, RichMessage content) =>
        channels.Find(conversation.Channel)?.ShowProgress(conversation, messageId, sent.PlatformId(messageId), content);

    private void Enqueue(
        IStoreSession session, string conversationId, string messageId, OutboundOperation operation, RichMessage content, ReplyPriority priority, DateTimeOffset now)
    {
        session.Outbox.Add(new OutboxItem(
            ids.NewId(), conversationId, messageId, operation, priority, content, OutboxState.Pending, Attempts: 0, NotBefore: now, Error: null, CreatedAt: now));
        session.PublishAfterCommit(new Deliver(conversationId));
    }
}
