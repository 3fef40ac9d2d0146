using ChatOps.Messages;

namespace ChatOps.Testing.Channels;

/// <summary>Something that happens on a platform, as the conformance suite has it happen.</summary>
/// <param name="Id">The platform's id of the event: the same for every delivery of it.</param>
/// <param name="Chat">Where.</param>
/// <param name="User">Who.</param>
/// <param name="Kind">A text or a button.</param>
/// <param name="Text">The text or the token.</param>
public sealed record PlatformEvent(string Id, string Chat, string User, InboundKind Kind, string Text);
