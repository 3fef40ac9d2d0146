using ChatOps.Identity;

namespace ChatOps.Messages;

/// <summary>What a channel hands to the inbox.</summary>
/// <param name="PlatformKey">Unique per delivery of the same event, such as <c>web:{client id}</c>; the inbox accepts each key once.</param>
/// <param name="Conversation">Where.</param>
/// <param name="Actor">Who, as the platform says.</param>
/// <param name="Kind">Text or button.</param>
/// <param name="Text">The text, or the action's token and the typed reason (see <see cref="InboundKind.Action"/>). At most <see cref="MaxTextLength"/> characters; may be empty when files came with it.</param>
public sealed record InboundMessage(string PlatformKey, ConversationKey Conversation, Actor Actor, InboundKind Kind, string Text)
{
    /// <summary>Longest accepted text, in UTF-16 code units (64 Ki). A longer one is refused with a sentence, never cut.</summary>
    public const int MaxTextLength = 64 * 1024;

    /// <summary>For private conversations (the web console): the principal whose conversation it is; a message into somebody else's is refused. Null elsewhere.</summary>
    public string? Owner { get; init; }

    /// <summary>What the gateway says in the conversation when it accepts this, above the answer: for what nobody there can see that it was asked. Null for nothing.</summary>
    public RichMessage? Announcement { get; init; }

    /// <summary>What the platform tells besides the text.</summary>
    public InboundContext Context { get; init; } = InboundContext.None;
}
