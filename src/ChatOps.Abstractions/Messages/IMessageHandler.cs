namespace ChatOps.Messages;

/// <summary>Handles one kind of message. Must be harmless when called twice. Exceptions are retried by the bus, then logged; recovery picks the work up.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IMessageHandler<in T> where T : class
{
    /// <summary>Handles it.</summary>
    Task HandleAsync(T message, CancellationToken cancellationToken);
}
