using ChatOps.Messages;

namespace ChatOps.Fleet.Far;

/// <summary>Brings what another gateway sent to the link that it belongs to.</summary>
internal sealed class NodeTrafficHandler(FarLinks far, GuestLinks guests) : IMessageHandler<NodeTraffic>
{
    public Task HandleAsync(NodeTraffic message, CancellationToken cancellationToken)
    {
        if (message.FromNode) far.Take(message);
        else guests.Take(message);
        return Task.CompletedTask;
    }
}
