using ChatOps.Messages;

namespace ChatOps.Bus;

/// <summary>Wakes a conversation's delivery and returns: sending takes as long as the platform likes, and must not hold up the bus.</summary>
internal sealed class DeliverHandler(Deliveries deliveries) : IWakingHandler<Deliver>
{
    public bool TryWake(Deliver message)
    {
        deliveries.Wake(message.ConversationId);
        return true;
    }

    public Task HandleAsync(Deliver message, CancellationToken cancellationToken)
    {
        TryWake(message);
        return Task.CompletedTask;
    }
}
