using ChatOps.Channels;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Testing;

/// <summary>The object mother: plausible things of each kind, for tests that do not care about their details.</summary>
public static class Some
{
    private static long counter;

    /// <summary>A text that no other call returns.</summary>
    public static string Unique(string prefix = "it") => $"{prefix}-{Interlocked.Increment(ref counter)}";

    /// <summary>A content of every byte there is, the same at every call: one that is new each time has something now and then that looks like a secret.</summary>
    public static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(20261122).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A person as a channel names them.</summary>
    public static Actor Actor(string user = "ada", string channel = "web") => new(channel, "", user, user);

    /// <summary>A conversation.</summary>
    public static ConversationKey Conversation(string channel = "fake", string? chat = null) => new(channel, chat ?? Unique("chat"));

    /// <summary>An inbound text.</summary>
    public static InboundMessage Inbound(ConversationKey? conversation = null, string text = "/status", string? key = null, InboundKind kind = InboundKind.Text)
    {
        conversation ??= Conversation();
        return new InboundMessage(key ?? Unique($"{conversation.Channel}:event"), conversation, Actor(channel: conversation.Channel), kind, text);
    }

    /// <summary>A delivery step.</summary>
    public static OutboundMessage Outbound(
        ConversationKey conversation, RichMessage content, string? outboxId = null, string? messageId = null, string? platformId = null,
        OutboundOperation operation = OutboundOperation.Send) =>
        new(outboxId ?? Unique("outbox"), operation, conversation, messageId ?? Unique("message"), platformId, content);

    /// <summary>An accepted message in the store.</summary>
    public static InboxItem InboxItem(string conversationId, DateTimeOffset at, string text = "/status") =>
        new(Unique("01inbox"), Unique("fake:event"), conversationId, Actor(channel: "fake"), InboundKind.Text, text, at);
}
