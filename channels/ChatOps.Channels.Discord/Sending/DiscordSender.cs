using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Channels.Discord;

/// <summary>
/// Delivers a message: its pages are compared with the parts that Discord has, which are edited, added or deleted. What cannot be posted or edited where it belongs (thread
/// locked or gone, message gone, too old to edit) is said in the nearest place where it can.
/// </summary>
internal sealed class DiscordSender(
    DiscordPoster poster, DiscordRest rest, DiscordPlaces places, DiscordThreads threads, InteractionHandles handles, DiscordPrivate privately, DiscordOptions options, TimeProvider time)
{
    private const int FillTries = 3;
    private static readonly TimeSpan FillPause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan TokenPause = TimeSpan.FromSeconds(30);

    /// <summary>Delivers.</summary>
    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var parts = MessagePart.Parse(message.PlatformId);
        try
        {
            if (message.Operation == OutboundOperation.Delete) return await DeleteAsync(parts, cancellationToken);
            if (message.PrivateTo is { } person) return await privately.SendAsync(message, person, parts, cancellationToken);
            foreach (var action in message.Content.Blocks.OfType<ActionsBlock>().SelectMany(a => a.Actions))
            {
                if (action.Confirm is { } question) await threads.AsksAsync(action.Token, question, cancellationToken);
            }

            return await UpsertAsync(message, parts, cancellationToken);
        }
        catch (StoreUnavailableException error)
        {
            return new SendResult(SendStatus.Retry, message.PlatformId, Reason: error.Message);
        }
        catch (ChannelFatalException error)
        {
            return new SendResult(SendStatus.Retry, message.PlatformId, TokenPause, error.Message);
        }
    }

    /// <summary>What a reply means for delivery.</summary>
    public static SendResult Result(RestReply reply, IEnumerable<MessagePart> arrived, bool repeatable) => reply.Status switch
    {
        RestStatus.Limited => new SendResult(SendStatus.Retry, MessagePart.Join(arrived), reply.RetryAfter, reply.Reason),
        RestStatus.NotSent => new SendResult(SendStatus.Retry, MessagePart.Join(arrived), Reason: reply.Reason),
        RestStatus.Ambiguous => new SendResult(repeatable ? SendStatus.Retry : SendStatus.Ambiguous, MessagePart.Join(arrived), Reason: reply.Reason) { SaidFailed = reply.Http >= 500 },
        RestStatus.TokenRejected => new SendResult(SendStatus.Retry, MessagePart.Join(arrived), TokenPause, reply.Reason),
        _ when reply.Code == RestCode.WriteLimit => new SendResult(SendStatus.Retry, MessagePart.Join(arrived), Reason: reply.Reason),
        _ => new SendResult(SendStatus.Rejected, MessagePart.Join(arrived), Reason: reply.Reason),
    };

    private async Task<SendResult> UpsertAsync(OutboundMessage message, List<MessagePart> parts, CancellationToken cancellationToken)
    {
        var pages = DiscordOutbound.Pages(message.Content, options.MaxUploadBytes);
        var done = new List<MessagePart>();
        var target = (Target?)null;
        for (var i = 0; i < pages.Count; i++)
        {
            if (i < parts.Count)
            {
                var (part, failed) = await EditAsync(parts[i], pages[i], cancellationToken);
                if (failed is not null) return Result(failed, done.Concat(parts.Skip(i)), repeatable: true);
                if (part is not null)
                {
                    done.Add(part);
                    continue;
                }
            }

            target ??= parts.Count > 0 ? await BesideAsync(message, parts[^1], cancellationToken) : await places.OfAsync(message, cancellationToken);
            var (posted, at, refused) = await PostAsync(message, target, pages[i], i, cancellationToken);
            target = at with { Answers = null };
            if (posted is null) return Result(refused!, done.Concat(parts.Skip(i + 1)), repeatable: false);
            done.Add(posted);
        }

        foreach (var surplus in parts.Skip(pages.Count)) await rest.DeleteMessageAsync(surplus.Channel, surplus.Message, cancellationToken);
        var sent = new SendResult(SendStatus.Sent, MessagePart.Join(done));
        return message.ThreadTitle is not null && done.Count > 0 ? sent with { Thread = await places.OpenBelowAsync(message, done[0], cancellationToken) } : sent;
    }

    /// <summary>Edits a part. No part and no failure: it cannot be edited any more and must be said anew.</summary>
    private async Task<(MessagePart? Part, RestReply? Failed)> EditAsync(MessagePart part, DiscordPage page, CancellationToken cancellationToken)
    {
        if (part.Kind == PartKind.Private) return (part, null);
        if (part.Kind != KindOf(page))
        {
            await rest.DeleteMessageAsync(part.Channel, part.Message, cancellationToken);
            return (null, null);
        }

        var reply = await poster.EditAsync(part, page, passing: false, cancellationToken);
        if (reply.Code == RestCode.ThreadArchived && (await rest.UnarchiveAsync(part.Channel, cancellationToken)).IsOk)
            reply = await poster.EditAsync(part, page, passing: false, cancellationToken);
        return reply switch
        {
            { IsOk: true } => (part, null),
            { Status: RestStatus.Refused, Code: not RestCode.WriteLimit } when IsGone(reply) => (null, null),
            _ => (null, reply),
        };
    }

    private async Task<(MessagePart? Part, Target At, RestReply? Refused)> PostAsync(OutboundMessage message, Target target, DiscordPage page, int index, CancellationToken cancellationToken)
    {
        if (!target.Thread && handles.Find(message) is { } handle && handle.TakeAnswer())
        {
            var filled = await FillAsync(handle, page, cancellationToken);
            if (filled.IsOk && filled.Read<DiscordMessage>() is { } answer)
            {
                await places.SaidAsync(message.Conversation, answer.Id, cancellationToken);
                return (new MessagePart(answer.ChannelId, answer.Id, KindOf(page)), target, null);
            }

            if (filled.Status is RestStatus.Limited or RestStatus.NotSent or RestStatus.Ambiguous)
            {
                // Filling in twice is as good as once.
                handle.GiveBack();
                return (null, target, filled with { Status = filled.Status == RestStatus.Ambiguous ? RestStatus.NotSent : filled.Status });
            }
        }

        var nonce = DiscordPoster.Nonce(message.OutboxId, index);
        var reply = await poster.PostAsync(target, page, nonce, cancellationToken);
        if (target.Thread && reply.Code == RestCode.ThreadArchived && (await rest.UnarchiveAsync(target.Channel, cancellationToken)).IsOk)
            reply = await poster.PostAsync(target, page, nonce, cancellationToken);
        if (target.Thread && reply.Status == RestStatus.Refused && IsClosed(reply))
        {
            target = new Target(message.Conversation.Chat);
            reply = await poster.PostAsync(target, page, nonce, cancellationToken);
        }

        if (!reply.IsOk) return (null, target, reply);
        if (reply.Read<DiscordMessage>() is not { } sent) return (null, target, new RestReply(RestStatus.Ambiguous, Reason: "Discord's answer could not be read; the message may have arrived."));
        if (!target.Thread) await places.SaidAsync(message.Conversation, sent.Id, cancellationToken);
        return (new MessagePart(sent.ChannelId, sent.Id, KindOf(page)), target, null);
    }

    private async Task<RestReply> FillAsync(InteractionHandle handle, DiscordPage page, CancellationToken cancellationToken)
    {
        if (!await handle.ArrivedAsync(time, cancellationToken)) return new RestReply(RestStatus.Refused, Reason: "The interaction was not answered in time.");
        for (var attempt = 1; ; attempt++)
        {
            var reply = await poster.FillAsync(handle, page, cancellationToken);
            // The body of an HTTP answer may still be on its way to Discord.
            if (reply.Code != RestCode.UnknownWebhook || attempt == FillTries) return reply;
            await Task.Delay(FillPause, time, cancellationToken);
        }
    }

    // A further page goes where the others are.
    private async Task<Target> BesideAsync(OutboundMessage message, MessagePart part, CancellationToken cancellationToken)
    {
        var conversation = message.Conversation;
        if (part.Channel == conversation.Chat || conversation.Thread.Length == 0) return new Target(part.Channel);
        return await threads.OfConversationAsync(conversation.Thread, cancellationToken) == part.Channel ? new Target(part.Channel, Thread: true) : new Target(conversation.Chat);
    }

    private async Task<SendResult> DeleteAsync(List<MessagePart> parts, CancellationToken cancellationToken)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Kind == PartKind.Private) continue;
            var reply = await rest.DeleteMessageAsync(parts[i].Channel, parts[i].Message, cancellationToken);
            if (reply.Code == RestCode.ThreadArchived && (await rest.UnarchiveAsync(parts[i].Channel, cancellationToken)).IsOk)
                reply = await rest.DeleteMessageAsync(parts[i].Channel, parts[i].Message, cancellationToken);
            if (!reply.IsOk && reply.Code is not (RestCode.UnknownMessage or RestCode.UnknownChannel)) return Result(reply, parts.Skip(i), repeatable: true);
        }

        return new SendResult(SendStatus.Sent);
    }

    private static PartKind KindOf(DiscordPage page) => page.Card is null ? PartKind.Plain : PartKind.Card;

    private static bool IsGone(RestReply reply) => reply.Code is RestCode.UnknownMessage or RestCode.OldEditLimit || IsClosed(reply);

    private static bool IsClosed(RestReply reply) => reply.Code
        is RestCode.UnknownChannel or RestCode.ThreadArchived or RestCode.ThreadLocked or RestCode.MissingAccess or RestCode.MissingPermissions;
}
