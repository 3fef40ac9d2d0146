using ChatOps.Messages;

namespace ChatOps.Channels;

/// <summary>One step of delivery.</summary>
/// <param name="OutboxId">The outbox row; usable as the platform's idempotency nonce.</param>
/// <param name="Operation">What to do.</param>
/// <param name="Conversation">Where.</param>
/// <param name="MessageId">Our id of the message.</param>
/// <param name="PlatformId">
/// What <see cref="SendResult.PlatformId"/> said last: the channel's own name of the platform's message, or messages where one needed several. Null before anything was sent; on a
/// <see cref="OutboundOperation.Send"/> that is tried again it names the parts that did arrive.
/// </param>
/// <param name="Content">The content; empty for a deletion.</param>
public sealed record OutboundMessage(
    string OutboxId, OutboundOperation Operation, ConversationKey Conversation, string MessageId, string? PlatformId, RichMessage Content)
{
    /// <summary>The inbound message that it answers, as <see cref="InboxReceipt.InboxId"/> named it; null when it answers none.</summary>
    public string? InboxId { get; init; }

    /// <summary>That message's <see cref="InboundContext.Anchor"/>.</summary>
    public string? Anchor { get; init; }

    /// <summary>Only this person (<see cref="ChatOps.Identity.Actor.UserId"/>) may see it: a refusal is nobody else's business. A channel that cannot do so rejects it. Null: everybody in the conversation.</summary>
    public string? PrivateTo { get; init; }

    /// <summary>
    /// With a <see cref="OutboundOperation.Send"/>: a thread of this title is to be opened below the message, and <see cref="SendResult.Thread"/> names it. A channel that has no threads, or may not open one,
    /// sends the message all the same. Null for none.
    /// </summary>
    public string? ThreadTitle { get; init; }

    /// <summary>What goes first where the platform limits the rate.</summary>
    public ReplyPriority Priority { get; init; } = ReplyPriority.Result;
}
