using ChatOps.Channels;

namespace ChatOps.Messages;

/// <summary>Event: something in a chat of the web console changed; whoever looks at it reads it from the store. Who looks is known to the gateway that serves them alone.</summary>
/// <param name="Chat">The chat.</param>
/// <param name="Kind">What changed.</param>
/// <param name="Id">The message's id, or the inbox id.</param>
public sealed record WebChatChanged(string Chat, WebChatEventKind Kind, string Id) : IBroadcast;
