using System.Security.Cryptography;
using System.Text;
using ChatOps.Channels.Slack.Client;
using ChatOps.Channels.Slack.Rendering;
using ChatOps.Messages;

namespace ChatOps.Channels.Slack;

/// <summary>
/// Delivers one step: parts that are there are edited when they differ, missing ones are sent, surplus ones deleted. A message that is gone or can no longer be edited is sent
/// anew, because the person must learn what it says.
/// </summary>
internal sealed class SlackSender(SlackApi api, SlackUploads uploads, SlackThreads threads, SlackPrivate asides, SlackShown shown)
{
    private const int RevisionLength = 16;

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var sends = new SlackSends(message.Conversation.Chat, SlackParts.Parse(message.PlatformId));
        if (message.Operation == OutboundOperation.Delete) return await DeleteAsync(sends, cancellationToken);
        var rendering = SlackOutbound.Render(message.Content, Revision(message.OutboxId));
        if (message.PrivateTo is { } person && !message.Conversation.Chat.StartsWith('D')) return await asides.SendAsync(message, person, rendering, sends, cancellationToken);
        return await UpsertAsync(message, rendering, sends, cancellationToken);
    }

    /// <summary>The block ids of a delivery step: another step has others.</summary>
    public static string Revision(string outboxId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(outboxId)))[..RevisionLength];

    private async Task<SendResult> UpsertAsync(OutboundMessage message, SlackRendering rendering, SlackSends sends, CancellationToken cancellationToken)
    {
        for (var i = 0; i < rendering.Pages.Count; i++)
            if (await PageAsync(message, rendering.Pages[i], i, sends, cancellationToken) is { } failure) return failure;
        while (sends.Messages.Count > rendering.Pages.Count)
        {
            var reply = await RemoveAsync(sends.Channel, sends.Messages[^1], cancellationToken);
            if (!reply.Ok) return sends.Failed(reply, repeatable: true);
            sends.Messages.RemoveAt(sends.Messages.Count - 1);
        }

        if (await uploads.UpsertAsync(message.Conversation, rendering.Files, sends, cancellationToken) is { } notUploaded) return notUploaded;
        await threads.SpokenAsync(message.Conversation, cancellationToken);
        if (Opened(message, sends) is not { } opened) return sends.Sent();
        await threads.SpokenAsync(opened, cancellationToken);
        return sends.Sent() with { Thread = opened };
    }

    /// <summary>One page; null when it is there now.</summary>
    private async Task<SendResult?> PageAsync(OutboundMessage message, SlackMessage page, int index, SlackSends sends, CancellationToken cancellationToken)
    {
        if (index < sends.Messages.Count)
        {
            var ts = sends.Messages[index];
            if (SlackPrivate.IsAside(ts)) return await asides.EditAsync(message, page, index, sends, cancellationToken);
            if (shown.Is(sends.Channel, ts, page)) return null;
            var edited = await api.UpdateAsync(sends.Channel, ts, page, cancellationToken);
            if (edited.Ok)
            {
                shown.Note(sends.Channel, ts, page);
                return null;
            }

            if (!SlackErrors.IsUneditable(edited.Error)) return sends.Failed(edited, repeatable: true);
        }

        var posted = await api.PostAsync(sends.Channel, message.Conversation.Thread, page, cancellationToken);
        if (SlackErrors.IsAbsence(posted.Error) && await asides.AnswerAsync(message, page, index, sends, cancellationToken) is { } answered) return answered.Status == SendStatus.Sent ? null : answered;
        // The thread's first message is gone: the channel is the nearest place that is left.
        if (posted.Error == "thread_not_found") posted = await api.PostAsync(sends.Channel, "", page, cancellationToken);
        if (!posted.Ok) return sends.Failed(posted, repeatable: false);
        var sent = posted.Text("ts");
        if (index < sends.Messages.Count) sends.Messages[index] = sent;
        else sends.Messages.Add(sent);
        shown.Note(sends.Channel, sent, page);
        return null;
    }

    // Every message of a channel can have a thread below it; a direct message is the conversation, and in a thread there is no other.
    private static ConversationKey? Opened(OutboundMessage message, SlackSends sends) =>
        message is { ThreadTitle: not null, Conversation.Thread: "" } && !message.Conversation.Chat.StartsWith('D') && sends.Messages.FirstOrDefault(SlackIds.IsTs) is { } ts
            ? message.Conversation with { Thread = ts }
            : null;

    private async Task<SendResult> DeleteAsync(SlackSends sends, CancellationToken cancellationToken)
    {
        while (sends.Messages.Count > 0)
        {
            var reply = await RemoveAsync(sends.Channel, sends.Messages[^1], cancellationToken);
            if (!reply.Ok) return sends.Failed(reply, repeatable: true);
            sends.Messages.RemoveAt(sends.Messages.Count - 1);
        }

        if (await uploads.RemoveAsync(_ => true, sends, cancellationToken) is { } failure) return failure;
        return sends.Sent();
    }

    // Gone is as good as deleted, and what only one person sees cannot be taken back.
    private async Task<SlackReply> RemoveAsync(string channel, string part, CancellationToken cancellationToken)
    {
        if (SlackPrivate.IsAside(part)) return new SlackReply(SlackReplyStatus.Ok);
        var reply = await api.DeleteAsync(channel, part, cancellationToken);
        return reply.Error == "message_not_found" ? new SlackReply(SlackReplyStatus.Ok) : reply;
    }
}
