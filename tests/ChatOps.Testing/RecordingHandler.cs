using System.Collections.Concurrent;
using ChatOps.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Testing;

/// <summary>A message handler that keeps what it gets, and then does what the test says.</summary>
/// <typeparam name="T">The message.</typeparam>
public sealed class RecordingHandler<T> : IMessageHandler<T> where T : class
{
    /// <summary>What came, in order.</summary>
    public ConcurrentQueue<T> Seen { get; } = new();

    /// <summary>What happens then; nothing by default.</summary>
    public Func<T, Task> Then { get; set; } = _ => Task.CompletedTask;

    /// <summary>Registers it.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.AddMessageHandler<T, RecordingHandler<T>>();
    }

    public Task HandleAsync(T message, CancellationToken cancellationToken)
    {
        Seen.Enqueue(message);
        return Then(message);
    }
}
