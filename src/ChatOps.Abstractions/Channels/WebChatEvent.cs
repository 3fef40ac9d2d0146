using ChatOps.Messages;

namespace ChatOps.Channels;

/// <summary>Something changed in a web chat.</summary>
/// <param name="Kind">What.</param>
/// <param name="Id">The message id (or inbox id for <see cref="WebChatEventKind.InboundChanged"/>).</param>
/// <param name="Progress">For <see cref="WebChatEventKind.Progress"/>: the passing content.</param>
public sealed record WebChatEvent(WebChatEventKind Kind, string Id, RichMessage? Progress = null);
