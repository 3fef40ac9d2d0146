using ChatOps.Channels;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>The way out: message, delivery step and wake-up in the caller's transaction.</summary>
internal sealed class Replies(IIdGenerator ids, TimeProvider time, ChannelDirectory channels, SentMessages sent, FarProgress far, IGateways gateways) : IReplies
{
    /// <summary>How long the last passing state of a message is waited for.</summary>
    private static readonly TimeSpan LastShownLimit = TimeSpan.FromSeconds(5);

    public string Post(IStoreSession session, ConversationKey conversation, RichMessage content, ReplyPriority priority, string? inboxId, string? privateTo = null) =>
        Post(session, conversation, priority, new StoredMessage(ids.NewId(), conversation.Id, inboxId, content, null, default, default) { PrivateTo = privateTo });

    public string PostOpening(IStoreSession session, ConversationKey conversation, RichMessage content, ReplyPriority priority, string threadTitle) =>
        Post(session, conversation, priority, new StoredMessage(ids.NewId(), conversation.Id, null, content, null, default, default) { ThreadTitle = threadTitle });

    public void Edit(IStoreSession session, string messageId, RichMessage content, ReplyPriority priority)
    {
        var message = session.Outbox.FindMessage(messageId) ?? throw new InvalidOperationException($"There is no message '{messageId}' to edit.");
        var now = time.GetUtcNow();
        session.Outbox.UpdateMessage(messageId, content, now);
        Enqueue(session, message.ConversationId, messageId, OutboundOperation.Edit, content, priority, now);
    }

    public void ShowProgress(string messageId, ConversationKey conversation, RichMessage content)
    {
        // Progress does not go through the store, so nothing else keeps one that stood still from showing it over the end that another gateway has told.
        if (!gateways.IsCurrent) return;
        var here = channels.Here(conversation.Channel);
        var everywhere = here is { Capabilities.ReadEverywhere: true };
        var platformId = sent.PlatformId(messageId);
        // Where the message is not known to stand on the platform another gateway has sent it, or it is on its way still.
        var isKnown = here is not null && (everywhere || platformId is not null);
        if (!isKnown || (everywhere && !gateways.IsAlone)) far.Show(messageId, conversation, content);
        else far.Overtaken(messageId);
        if (isKnown) here!.ShowProgress(conversation, messageId, platformId, content);
    }

    public async Task EndProgressAsync(string messageId, ConversationKey conversation)
    {
        // First what may still hand something to the channel of this one.
        await far.EndAsync(messageId);
        if (channels.Find(conversation.Channel) is not { } channel) return;
        try
        {
            await channel.EndProgressAsync(messageId).WaitAsync(LastShownLimit, time);
        }
        catch (TimeoutException)
        {
            // A platform that does not answer must not hold up the end.
        }
    }

    private string Post(IStoreSession session, ConversationKey conversation, ReplyPriority priority, StoredMessage message)
    {
        var now = time.GetUtcNow();
        session.Outbox.AddMessage(message with { CreatedAt = now, UpdatedAt = now });
        Enqueue(session, conversation.Id, message.Id, OutboundOperation.Send, message.Content, priority, now);
        return message.Id;
    }

    private void Enqueue(
        IStoreSession session, string conversationId, string messageId, OutboundOperation operation, RichMessage content, ReplyPriority priority, DateTimeOffset now)
    {
        session.Outbox.Add(new OutboxItem(
            ids.NewId(), conversationId, messageId, operation, priority, content, OutboxState.Pending, Attempts: 0, NotBefore: now, Error: null, CreatedAt: now));
        session.PublishAfterCommit(new Deliver(conversationId));
    }
}
