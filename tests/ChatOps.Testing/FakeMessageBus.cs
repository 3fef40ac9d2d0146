using System.Collections.Concurrent;
using ChatOps.Messages;

namespace ChatOps.Testing;

/// <summary>A bus that keeps what is published and hands it to the handlers that a test gives it, in the background, like the real one.</summary>
public sealed class FakeMessageBus : IMessageBus
{
    private readonly ConcurrentQueue<object> published = new();
    private readonly ConcurrentDictionary<Type, Func<object, Task>> handlers = new();

    /// <summary>Everything published so far, in order.</summary>
    public IReadOnlyList<object> Published => [.. published];

    /// <summary>While true nothing is handed on, as with a bus that loses what it carries.</summary>
    public bool Loses { get; set; }

    /// <summary>Hands messages of a kind to a handler from now on.</summary>
    public void Handle<T>(IMessageHandler<T> handler) where T : class =>
        handlers[typeof(T)] = message => handler.HandleAsync((T)message, CancellationToken.None);

    /// <summary>What was published of one kind.</summary>
    public IReadOnlyList<T> Of<T>() => [.. published.OfType<T>()];

    public Task PublishAsync<T>(T message, CancellationToken cancellationToken) where T : class
    {
        published.Enqueue(message);
        if (!Loses && handlers.TryGetValue(typeof(T), out var handle)) _ = Task.Run(() => handle(message), CancellationToken.None);
        return Task.CompletedTask;
    }
}
