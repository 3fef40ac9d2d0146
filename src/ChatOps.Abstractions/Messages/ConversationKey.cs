namespace ChatOps.Messages;

/// <summary>One channel + chat + thread: the unit of ordering.</summary>
/// <param name="Channel">Channel name.</param>
/// <param name="Chat">The platform's chat id.</param>
/// <param name="Thread">The platform's thread id; empty for none.</param>
public sealed record ConversationKey(string Channel, string Chat, string Thread = "")
{
    /// <summary>The key as one string, <c>channel/chat</c> or <c>channel/chat/thread</c>; parts are percent-encoded.</summary>
    public string Id => Thread.Length == 0
        ? $"{Channel}/{Uri.EscapeDataString(Chat)}"
        : $"{Channel}/{Uri.EscapeDataString(Chat)}/{Uri.EscapeDataString(Thread)}";

    /// <summary>Reads <see cref="Id"/>.</summary>
    /// <exception cref="FormatException">The text is not a conversation id.</exception>
    public static ConversationKey Parse(string id) => id.Split('/') switch
    {
        [var channel, var chat] => new(channel, Uri.UnescapeDataString(chat)),
        [var channel, var chat, var thread] => new(channel, Uri.UnescapeDataString(chat), Uri.UnescapeDataString(thread)),
        _ => throw new FormatException($"'{id}' is not a conversation id."),
    };

    /// <inheritdoc/>
    public override string ToString() => Id;
}
