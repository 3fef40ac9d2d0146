namespace ChatOps.Messages;

/// <summary>
/// A handler that mostly just wakes somebody: a note in memory, without waiting and without the store. Where bus and handler are in one process such a message takes no way through the bus.
/// </summary>
/// <typeparam name="T">The message.</typeparam>
public interface IWakingHandler<in T> : IMessageHandler<T> where T : class
{
    /// <summary>Wakes at once; false when the message needs <see cref="IMessageHandler{T}.HandleAsync"/> after all. Must not throw.</summary>
    bool TryWake(T message);
}
