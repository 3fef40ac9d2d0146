using System.Diagnostics;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>
/// The way in. What it answers <see cref="InboxStatus.Accepted"/> is on disk; everything else was not taken, and the channel must not acknowledge a refusal for want of
/// a store as if it had been.
/// </summary>
internal sealed class Inbox(IStore store, IIdGenerator ids, TimeProvider time, InboundCleaner cleaner, Lazy<IReplies> replies, Outages outages, BusMetrics metrics) : IInbox
{
    private const int TitleLength = 60;

    private readonly Rush rush = new(time);

    public async Task<InboxReceipt> AcceptAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        CrashPoint.Hit("inbox.received");
        var came = time.GetTimestamp();
        using var span = Tracing.Begin("accept", ActivityKind.Consumer);
        var receipt = InboundRules.Check(message) ?? await StoreAsync(message, cleaner.Clean(message), span?.Id, cancellationToken);
        rush.Note(time.GetElapsedTime(came));
        metrics.Received(message.Conversation.Channel, receipt.Status);
        span?.SetTag("chatops.channel", message.Conversation.Channel).SetTag("chatops.message.kind", message.Kind.ToString()).SetTag("chatops.message.id", receipt.InboxId)
            .SetTag("chatops.inbox.status", receipt.Status.ToString());
        return receipt;
    }

    public Task GiveWayAsync(CancellationToken cancellationToken) => rush.PassAsync(cancellationToken);

    private async Task<InboxReceipt> StoreAsync(InboundMessage message, CleanText clean, string? trace, CancellationToken cancellationToken)
    {
        // Nothing but invisible characters was in it.
        if (string.IsNullOrWhiteSpace(clean.Text) && !InboundRules.MayBeEmpty(message)) return InboundRules.Empty;
        var now = time.GetUtcNow();
        var item = new InboxItem(ids.NewId(), message.PlatformKey, message.Conversation.Id, message.Actor with { DisplayName = clean.DisplayName },
            message.Kind, clean.Text, now) { Context = trace is null ? clean.Context : clean.Context with { Trace = trace } };
        try
        {
            var receipt = await store.WriteAsync(session => Add(session, item, message), cancellationToken);
            CrashPoint.Hit("inbox.stored");
            await outages.EndAsync(cancellationToken);
            if (receipt.Status == InboxStatus.Accepted) await outages.CaughtUpAsync(message.Conversation, cancellationToken);
            return receipt;
        }
        catch (StoreUnavailableException error)
        {
            outages.Note(message.Conversation);
            return new InboxReceipt(InboxStatus.Refused, null, error.Message) { ComesAgain = true };
        }
    }

    private InboxReceipt Add(IStoreSession session, InboxItem item, InboundMessage message)
    {
        var owner = message.Owner;
        if (session.Conversations.Find(item.ConversationId) is { Owner: { } theirs } && theirs != owner) return InboundRules.NotYours;
        session.Conversations.Touch(item.ConversationId, owner, Title(item), item.ReceivedAt);
        var (id, added) = session.Inbox.Add(item, ids.NewIdAfter);
        if (!added) return new InboxReceipt(InboxStatus.Duplicate, id);
        if (message.Announcement is { } announcement) replies.Value.Post(session, message.Conversation, announcement, ReplyPriority.Result, null);
        session.PublishAfterCommit(new MessageAccepted(id, item.ConversationId)
        {
            MayStop = item.Kind == InboundKind.Action || item.Text.Contains("stop", StringComparison.OrdinalIgnoreCase) || item.Text.Contains("job ", StringComparison.OrdinalIgnoreCase),
        });
        return new InboxReceipt(InboxStatus.Accepted, id);
    }

    // Only a new conversation takes it. A button press says nothing that a person could read.
    private static string Title(InboxItem item)
    {
        if (item.Kind == InboundKind.Action) return "Conversation";
        var line = (string.IsNullOrWhiteSpace(item.Text) ? item.Context.Files[0].Name : item.Text).AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        if (end >= 0) line = line[..end].TrimEnd();
        if (line.Length <= TitleLength) return line.ToString();
        var cut = char.IsHighSurrogate(line[TitleLength - 2]) ? TitleLength - 2 : TitleLength - 1;
        return string.Concat(line[..cut], "…");
    }
}
