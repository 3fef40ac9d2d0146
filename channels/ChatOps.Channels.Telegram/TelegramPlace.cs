using System.Globalization;
using ChatOps.Messages;

namespace ChatOps.Channels.Telegram;

/// <summary>Where a conversation is at Telegram. Its thread is a topic (<c>45</c>), a chain of answers below a message (<c>r123</c>), or such a chain within a topic (<c>45r123</c>).</summary>
/// <param name="Chat">The chat, by the id that the conversation has.</param>
/// <param name="Topic">The topic; null for none.</param>
/// <param name="Root">The message that begins the chain; null for none.</param>
internal sealed record TelegramPlace(long Chat, long? Topic, long? Root)
{
    private const char RootMark = 'r';

    /// <summary>The conversation's thread.</summary>
    public string Thread => Write(Topic, Root);

    /// <summary>Reads a conversation; null when it is none of Telegram's.</summary>
    public static TelegramPlace? Of(ConversationKey conversation)
    {
        if (!long.TryParse(conversation.Chat, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var chat)) return null;
        var parts = conversation.Thread.Split(RootMark, 2);
        return new TelegramPlace(chat, Number(parts[0]), parts.Length > 1 ? Number(parts[1]) : null);
    }

    /// <summary>A thread as conversations have it.</summary>
    public static string Write(long? topic, long? root) => $"{(topic is { } t ? TelegramInbound.Number(t) : "")}{(root is { } r ? RootMark + TelegramInbound.Number(r) : "")}";

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
