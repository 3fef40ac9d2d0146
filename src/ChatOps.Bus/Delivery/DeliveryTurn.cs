using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>The step at the head of a conversation's outbox.</summary>
/// <param name="Item">The step.</param>
/// <param name="PlatformId">The platform's id of its message, when it was sent before.</param>
/// <param name="Taken">Whether it is marked as being sent; false when it may not go yet.</param>
internal sealed record DeliveryTurn(OutboxItem Item, string? PlatformId, bool Taken)
{
    /// <summary>
    /// The step as the channel sees it. A message whose send failed or got lost is not there to be edited: its newest content goes out as a new message, because
    /// the person must learn it.
    /// </summary>
    public OutboundMessage ToOutbound()
    {
        var operation = Item.Operation == OutboundOperation.Edit && PlatformId is null ? OutboundOperation.Send : Item.Operation;
        return new OutboundMessage(Item.Id, operation, ConversationKey.Parse(Item.ConversationId), Item.MessageId, PlatformId, Item.Content);
    }
}
