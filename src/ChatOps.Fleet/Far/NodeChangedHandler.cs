using ChatOps.Messages;

namespace ChatOps.Fleet.Far;

/// <summary>Hears that another gateway changed a member of the fleet, or that a node is connected to it.</summary>
internal sealed class NodeChangedHandler(SharedFleet fleet) : IMessageHandler<NodeChanged>
{
    public Task HandleAsync(NodeChanged message, CancellationToken cancellationToken) => fleet.ReadAsync(message.Node, cancellationToken);
}
