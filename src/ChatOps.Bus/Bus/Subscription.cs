using MassTransit;

namespace ChatOps.Bus;

/// <summary>Brings one kind of message to its handlers.</summary>
internal abstract class Subscription
{
    /// <summary>The kind.</summary>
    public abstract Type MessageType { get; }

    /// <summary>Whether every gateway must hear it.</summary>
    public abstract bool IsBroadcast { get; }

    /// <summary>Whether each is for one gateway alone.</summary>
    public abstract bool IsAddressed { get; }

    /// <summary>Hands a message to its only handler at once, when that handler just wakes somebody; false when it must be handled after all.</summary>
    public abstract bool TryWake(object message);

    /// <summary>Calls every handler; completes when the last has ended, and throws only for cancellation.</summary>
    public abstract Task HandleAsync(object message, CancellationToken cancellationToken);

    /// <summary>Takes its messages from a queue.</summary>
    /// <param name="endpoint">The queue.</param>
    /// <param name="isMeant">Sees each that arrives; false lets it go unhandled.</param>
    public abstract void Listen(IReceiveEndpointConfigurator endpoint, Func<ConsumeContext, bool> isMeant);
}
