using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>The step at the head of a conversation's outbox.</summary>
/// <param name="Item">The step.</param>
/// <param name="Address">Where its message stands and whom it is for.</param>
/// <param name="Taken">Whether it is marked as being sent; false when it may not go yet.</param>
internal sealed record DeliveryTurn(OutboxItem Item, MessageAddress Address, bool Taken)
{
    private static readonly TextBlock Mark = new("*This may be here twice: the connection broke while it was being sent.*");

    private static readonly TextBlock Missing = new(
        "An answer may be missing here: its sending was cut off twice, so it is not sent a third time. It is kept (`/dlq list`): an admin can have it sent again, or ask again.", Tone.Unknown);

    /// <summary>Whether people are asked something: buttons of a copy that may have arrived must not stay valid.</summary>
    public bool HasButtons => Item.Content.Blocks.Any(b => b is ActionsBlock { Actions.Count: > 0 });

    /// <summary>Whether it was sent twice, marked the second time, without anybody knowing how: a third would be one too many, and nobody may have it.</summary>
    public bool IsMissed => Item.Doubtful && !HasButtons && !Item.Content.Blocks.Contains(Missing);

    /// <summary>Whether a thread is to be opened with it.</summary>
    public bool OpensThread => ToOutbound().ThreadTitle is not null;

    /// <summary>What is said then instead. It says nothing of itself when the same happens to it.</summary>
    public RichMessage Missed => new([Missing]);

    /// <summary>
    /// The step as the channel sees it. A message whose send failed or got lost is not there to be edited: its newest content goes out as a new message, because
    /// the person must learn it.
    /// </summary>
    public OutboundMessage ToOutbound()
    {
        var operation = Item.Operation == OutboundOperation.Edit && Address.PlatformId is null ? OutboundOperation.Send : Item.Operation;
        var content = Item.Doubtful && operation == OutboundOperation.Send ? new RichMessage([.. Item.Content.Blocks, Mark]) : Item.Content;
        return new OutboundMessage(Item.Id, operation, ConversationKey.Parse(Item.ConversationId), Item.MessageId, Address.PlatformId, content)
        {
            InboxId = Address.InboxId,
            Anchor = Address.Anchor,
            PrivateTo = Address.PrivateTo,
            Priority = Item.Priority,
            ThreadTitle = operation == OutboundOperation.Send ? Address.ThreadTitle : null,
        };
    }
}
