using MassTransit;

namespace ChatOps.Bus;

/// <summary>Brings one kind of message to its handlers.</summary>
internal abstract class Subscription
{
    /// <summary>The kind.</summary>
    public abstract Type MessageType { get; }

    /// <summary>Hands a message to its only handler at once, when that handler just wakes somebody; false when it must go through the queue.</summary>
    public abstract bool TryWake(object message);

    /// <summary>Opens a queue for it: one for each kind, so that slow handlers of one kind do not hold up another.</summary>
    public abstract void Listen(IInMemoryBusFactoryConfigurator configurator, int maxConcurrency);
}
