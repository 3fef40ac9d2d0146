using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using ChatOps.Messages;

namespace ChatOps.Tests.Bus.Passing;

/// <summary>Carries what is for one gateway between those of one process, as bytes, and as unreliably as a test wants it.</summary>
internal sealed class Line : IMessageBus
{
    private readonly ConcurrentDictionary<string, Func<object, Task>> gateways = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly Channel<IForGateway> queue = Channel.CreateUnbounded<IForGateway>();
    private readonly List<IForGateway> sent = [];

    public Line() => _ = CarryAsync();

    public bool ReachesOthers { get; set; } = true;

    /// <summary>What arrives of a message that is sent now, and after it; by default the message.</summary>
    public Func<IForGateway, IEnumerable<IForGateway>> Arrives { get; set; } = message => [message];

    /// <summary>Everything that was sent.</summary>
    public IReadOnlyList<IForGateway> Sent
    {
        get { lock (gate) return [.. sent]; }
    }

    /// <summary>The states that were sent.</summary>
    public IReadOnlyList<PassingState> States => [.. Sent.OfType<PassingState>().Where(s => s.Content is not null)];

    public void Join(string gateway, Func<object, Task> handle) => gateways[gateway] = handle;

    /// <summary>Hands one over past <see cref="Arrives"/>, as something late.</summary>
    public Task HandAsync(IForGateway message) => gateways[message.Gateway](message);

    public Task PublishAsync<T>(T message, CancellationToken cancellationToken) where T : class
    {
        var copy = (IForGateway)(object)JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(message))!;
        lock (gate)
        {
            // Decided when it is sent: what a test changes once it has seen that is for the next one.
            if (ReachesOthers)
            {
                foreach (var arrived in Arrives(copy)) queue.Writer.TryWrite(arrived);
            }

            sent.Add(copy);
        }

        return Task.CompletedTask;
    }

    private async Task CarryAsync()
    {
        await foreach (var message in queue.Reader.ReadAllAsync()) await HandAsync(message);
    }
}
