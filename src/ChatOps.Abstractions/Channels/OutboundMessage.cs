using ChatOps.Messages;

namespace ChatOps.Channels;

/// <summary>One step of delivery.</summary>
/// <param name="OutboxId">The outbox row; usable as the platform's idempotency nonce.</param>
/// <param name="Operation">What to do.</param>
/// <param name="Conversation">Where.</param>
/// <param name="MessageId">Our id of the message.</param>
/// <param name="PlatformId">The platform's id of the message; null before it was sent.</param>
/// <param name="Content">The content; empty for a deletion.</param>
public sealed record OutboundMessage(
    string OutboxId, OutboundOperation Operation, ConversationKey Conversation, string MessageId, string? PlatformId, RichMessage Content);
