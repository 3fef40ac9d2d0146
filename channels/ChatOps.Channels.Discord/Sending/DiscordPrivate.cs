namespace ChatOps.Channels.Discord;

/// <summary>What only one person may see: an ephemeral follow-up while their interaction lives, else a direct message.</summary>
internal sealed class DiscordPrivate(DiscordRest rest, DiscordPoster poster, InteractionHandles handles, DiscordOptions options, TimeProvider time)
{
    /// <summary>Sends to one person.</summary>
    public async Task<SendResult> SendAsync(OutboundMessage message, string person, List<MessagePart> parts, CancellationToken cancellationToken)
    {
        if (!Snowflake.IsOne(person)) return new SendResult(SendStatus.Rejected, Reason: "Only a person at Discord can be told something privately there.");
        if (parts.Count > 0 && message.Operation == OutboundOperation.Edit) return new SendResult(SendStatus.Sent, message.PlatformId);
        var pages = DiscordOutbound.Pages(message.Content, options.MaxUploadBytes);
        if (message.Conversation.Thread.Length > 0 && handles.Find(message) is { } handle && await FollowUpAsync(handle, message, pages, cancellationToken) is { } told) return told;
        var (channel, failed) = message.Conversation.Thread.Length == 0 ? (message.Conversation.Chat, null) : await DirectAsync(person, cancellationToken);
        if (channel is null) return DiscordSender.Result(failed!, [], repeatable: true);
        var sent = new List<MessagePart>(parts);
        for (var i = parts.Count; i < pages.Count; i++)
        {
            var reply = await poster.PostAsync(new Target(channel), pages[i], DiscordPoster.Nonce(message.OutboxId, i), cancellationToken);
            if (reply.Code == RestCode.CannotMessageUser) return new SendResult(SendStatus.Rejected, Reason: "The person takes no direct messages from the bot, and nobody else may see this.");
            if (!reply.IsOk || reply.Read<DiscordMessage>() is not { } posted) return DiscordSender.Result(reply.IsOk ? new RestReply(RestStatus.Ambiguous) : reply, sent, repeatable: false);
            sent.Add(new MessagePart(posted.ChannelId, posted.Id, pages[i].Card is null ? PartKind.Plain : PartKind.Card));
        }

        return new SendResult(SendStatus.Sent, MessagePart.Join(sent));
    }

    /// <summary>Null when the interaction is over: another way must be found.</summary>
    private async Task<SendResult?> FollowUpAsync(InteractionHandle handle, OutboundMessage message, IReadOnlyList<DiscordPage> pages, CancellationToken cancellationToken)
    {
        if (!await handle.ArrivedAsync(time, cancellationToken)) return null;
        // The deferred answer is everybody's; it must not go on promising something, nor become this.
        if (handle.TakeAnswer()) await rest.EditAnswerAsync(handle.Application, handle.Token, DiscordOutbound.Words($"▸ {handle.Command}: answered privately."), [], cancellationToken);
        var parts = new List<MessagePart>();
        foreach (var page in pages)
        {
            var reply = await rest.FollowUpAsync(handle.Application, handle.Token, DiscordOutbound.Payload(page with { Files = [] }, ephemeral: true), cancellationToken);
            if (reply.Status == RestStatus.Refused && parts.Count == 0) return null;
            if (!reply.IsOk) return DiscordSender.Result(reply, parts, repeatable: false);
            if (reply.Read<DiscordMessage>() is { } sent) parts.Add(new MessagePart(sent.ChannelId, sent.Id, PartKind.Private));
        }

        return new SendResult(SendStatus.Sent, MessagePart.Join(parts) ?? message.OutboxId);
    }

    private async Task<(string? Channel, RestReply? Failed)> DirectAsync(string person, CancellationToken cancellationToken)
    {
        var reply = await rest.OpenDirectAsync(person, cancellationToken);
        return reply.IsOk && reply.Read<DiscordChannelInfo>() is { } channel ? (channel.Id, null) : (null, reply.IsOk ? new RestReply(RestStatus.Refused, Reason: "Discord opened no direct message.") : reply);
    }
}
