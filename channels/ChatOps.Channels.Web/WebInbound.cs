using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Channels.Web;

/// <summary>What a browser sent, as an inbound message. Pure.</summary>
internal static class WebInbound
{
    /// <summary>Converts. The key holds who sent it, so that nobody can take another's id and so suppress a message.</summary>
    public static InboundMessage Convert(Actor actor, string chat, string clientId, InboundKind kind, string text) =>
        new($"{WebChannel.ChannelName}:{Uri.EscapeDataString(actor.UserId)}:{clientId}", Conversation(chat), actor, kind, text) { Owner = actor.UserId };

    /// <summary>The conversation of a chat.</summary>
    public static ConversationKey Conversation(string chat) => new(WebChannel.ChannelName, chat);
}
