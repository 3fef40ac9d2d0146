namespace ChatOps.Messages;

/// <summary>Wakes and carries. A message may come twice, late or never; the store is the truth.</summary>
public interface IMessageBus
{
    /// <summary>Publishes a record of ids. Never blocks on a handler.</summary>
    Task PublishAsync<T>(T message, CancellationToken cancellationToken) where T : class;

    /// <summary>Whether messages for other gateways (<see cref="IForGateway"/>) are carried at this moment.</summary>
    bool ReachesOthers => false;
}
