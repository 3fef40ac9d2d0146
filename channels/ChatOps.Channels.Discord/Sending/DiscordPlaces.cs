using ChatOps.Messages;

namespace ChatOps.Channels.Discord;

/// <summary>
/// Decides where a conversation's next message goes. In a server's channel a quick answer stands below the question; what takes longer than a few seconds, shows progress or
/// waits for an approval opens a thread there, and from then on the conversation lives in it.
/// </summary>
internal sealed class DiscordPlaces(DiscordThreads threads, DiscordRest rest, DiscordTitles titles, InteractionHandles handles, DiscordOptions options, TimeProvider time)
{
    /// <summary>The place for a message.</summary>
    public async Task<Target> OfAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var conversation = message.Conversation;
        if (conversation.Thread.Length == 0) return new Target(conversation.Chat);
        if (await threads.OfConversationAsync(conversation.Thread, cancellationToken) is { } thread) return new Target(thread, Thread: true);
        if (WantsThread(message) && await OpenAsync(message, cancellationToken) is { } opened)
        {
            await threads.OpenedAsync(conversation.Thread, opened, cancellationToken);
            return new Target(opened, Thread: true);
        }

        return new Target(conversation.Chat, message.Anchor ?? await threads.RootAsync(conversation.Thread, cancellationToken));
    }

    /// <summary>A message was sent somewhere else than into a thread: answers to it belong to the conversation, and a thread can be opened from it.</summary>
    public async Task SaidAsync(ConversationKey conversation, string message, CancellationToken cancellationToken)
    {
        if (conversation.Thread.Length == 0) return;
        await threads.SaidAsync(message, conversation.Thread, cancellationToken);
        if (await threads.RootAsync(conversation.Thread, cancellationToken) is null) await threads.RootIsAsync(conversation.Thread, message, cancellationToken);
    }

    /// <summary>Opens a thread below a message of ours that was said for it; null where there can be none: in direct messages, in a thread, without the permission.</summary>
    public async Task<ConversationKey?> OpenBelowAsync(OutboundMessage message, MessagePart first, CancellationToken cancellationToken)
    {
        var conversation = message.Conversation;
        if (conversation.Thread.Length > 0 || first.Kind == PartKind.Private || first.Channel != conversation.Chat) return null;
        titles.Note(first.Message, message.ThreadTitle!);
        if (await StartAsync(conversation.Chat, first.Message, titles.Of(first.Message), cancellationToken) is not { } thread) return null;
        await threads.OpenedAsync(first.Message, thread, cancellationToken);
        return conversation with { Thread = first.Message };
    }

    private bool WantsThread(OutboundMessage message)
    {
        if (message.Priority is ReplyPriority.Approval or ReplyPriority.Progress) return true;
        if (message.Content.Blocks.Any(b => b is CardBlock { State: "pending" } or ProgressBlock)) return true;
        var age = time.GetUtcNow() - (Snowflake.TimeOf(message.Anchor ?? message.Conversation.Thread) ?? time.GetUtcNow());
        return age > options.ThreadAfter;
    }

    private async Task<string?> OpenAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var conversation = message.Conversation;
        var root = message.Anchor ?? await threads.RootAsync(conversation.Thread, cancellationToken) ?? await AnswerAsync(conversation, cancellationToken) ?? conversation.Thread;
        return await StartAsync(conversation.Chat, root, titles.Of(conversation.Thread), cancellationToken);
    }

    private async Task<string?> StartAsync(string channel, string root, string name, CancellationToken cancellationToken)
    {
        var reply = await rest.StartThreadAsync(channel, root, name, cancellationToken);
        if (reply.Status == RestStatus.Ambiguous) reply = await rest.StartThreadAsync(channel, root, name, cancellationToken);
        if (reply.IsOk) return reply.Read<DiscordChannelInfo>()?.Id ?? root;
        // Somebody was faster; a thread has the id of the message that it was opened from.
        return reply.Code == RestCode.ThreadExists ? root : null;
    }

    // A slash command has no message of the person: the deferred answer becomes the one that the thread hangs from.
    private async Task<string?> AnswerAsync(ConversationKey conversation, CancellationToken cancellationToken)
    {
        if (handles.FindOpening(conversation) is not { } handle || !await handle.ArrivedAsync(time, cancellationToken) || !handle.TakeAnswer()) return null;
        var reply = await rest.EditAnswerAsync(handle.Application, handle.Token, DiscordOutbound.Words($"▸ {handle.Command}"), [], cancellationToken);
        if (reply.Read<DiscordMessage>() is not { } message)
        {
            handle.GiveBack();
            return null;
        }

        await SaidAsync(conversation, message.Id, cancellationToken);
        return message.Id;
    }
}
