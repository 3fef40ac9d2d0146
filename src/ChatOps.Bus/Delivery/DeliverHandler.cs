using ChatOps.Messages;

namespace ChatOps.Bus;

/// <summary>Wakes a conversation's delivery and returns: sending takes as long as the platform likes, and must not hold up the bus.</summary>
internal sealed class DeliverHandler(Deliveries deliveries) : IMessageHandler<Deliver>
{
    public Task HandleAsync(Deliver message, CancellationToken cancellationToken)
    {
        deliveries.Wake(message.ConversationId);
        return Task.CompletedTask;
    }
}
