using ChatOps.Channels.Telegram.Client;
using ChatOps.Messages;

namespace ChatOps.Channels.Telegram;

/// <summary>
/// Threads that messages of ours open: a topic where the group has topics and the bot may make one, else the chain of answers below the message. Which of our messages belong to a chain is kept, because
/// people answer any of them, also after a restart.
/// </summary>
internal sealed class TelegramThreads(TelegramClient client, IChannelState state)
{
    /// <summary>How long an answer to a message of a chain goes into it.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(30);

    private const int MaxKnown = 10_000;
    private const int MaxTitle = 128;

    private readonly Recent<(long Chat, long Message), string?> chains = new(MaxKnown);
    private readonly Recent<long, bool> forums = new(MaxKnown);

    /// <summary>The thread of a chain that a message of ours belongs to; null for none.</summary>
    public async Task<string?> OfAsync(long chat, long message, CancellationToken cancellationToken)
    {
        if (chat >= 0) return null;
        if (chains.TryGet((chat, message), out var known)) return known;
        known = await state.GetAsync(TelegramInbound.ChannelName, Key(chat, message), cancellationToken);
        chains.Set((chat, message), known);
        return known;
    }

    /// <summary>A message of ours has arrived: it is noted where it belongs to a chain, and opens a thread where that is asked for.</summary>
    /// <param name="message">What was sent.</param>
    /// <param name="delivery">Where it arrived.</param>
    /// <param name="sent">As which messages.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The conversation of the thread that it opened; null for none.</returns>
    public async Task<ConversationKey?> ArrivedAsync(OutboundMessage message, TelegramDelivery delivery, TelegramPlatformId sent, CancellationToken cancellationToken)
    {
        if (delivery.Chat >= 0 || TelegramPlace.Of(message.Conversation) is not { } place) return null;
        if (place.Root is not null)
        {
            foreach (var id in sent.All) await NoteAsync(delivery.Chat, id, place.Thread, cancellationToken);
            return null;
        }

        if (message.ThreadTitle is not { } title || sent.Words is not [var first, ..]) return null;
        if (await TopicAsync(delivery.Chat, title, cancellationToken) is { } topic) return message.Conversation with { Thread = TelegramPlace.Write(topic, null) };
        var thread = TelegramPlace.Write(delivery.Topic, first);
        foreach (var id in sent.All) await NoteAsync(delivery.Chat, id, thread, cancellationToken);
        return message.Conversation with { Thread = thread };
    }

    // Not tried again: whether a call whose answer was lost has made one cannot be found out, and an empty topic helps nobody.
    private async Task<long?> TopicAsync(long chat, string title, CancellationToken cancellationToken)
    {
        if (!forums.TryGet(chat, out var forum))
        {
            if ((await client.GetChatAsync(chat, cancellationToken)).Result is not { } found) return null;
            forums.Set(chat, forum = found.IsForum);
        }

        if (!forum) return null;
        var name = Rendering.InertText.Of(title.ReplaceLineEndings(" "));
        var made = await client.CreateTopicAsync(chat, name.Length <= MaxTitle ? name : Rendering.TextSplitter.Split(name, MaxTitle, static t => t.Length, fenced: false)[0], cancellationToken);
        return made.Result?.MessageThreadId;
    }

    private async Task NoteAsync(long chat, long message, string thread, CancellationToken cancellationToken)
    {
        if (chains.TryGet((chat, message), out var known) && known == thread) return;
        await state.SetAsync(TelegramInbound.ChannelName, Key(chat, message), thread, KeepFor, cancellationToken);
        chains.Set((chat, message), thread);
    }

    private static string Key(long chat, long message) => $"chain:{TelegramInbound.Number(chat)}:{TelegramInbound.Number(message)}";
}
