using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using ChatOps.Messages;

namespace ChatOps.Tests.Fleet.Far;

/// <summary>Carries messages between the gateways of one process as bytes, and as unreliably as a test wants it.</summary>
internal sealed class Net : IMessageBus
{
    private readonly ConcurrentDictionary<string, (Channel<object> Queue, Func<object, Task> Handle)> gateways = new(StringComparer.Ordinal);

    /// <summary>How often a message arrives: 0 for a lost one.</summary>
    public Func<NodeTraffic, int> Copies { get; set; } = _ => 1;

    /// <summary>Whether this one is to be overtaken by the next.</summary>
    public Func<NodeTraffic, bool> Late { get; set; } = _ => false;

    /// <summary>How many messages for one gateway there were.</summary>
    public int Traffic { get; private set; }

    public bool ReachesOthers { get; set; } = true;

    public bool IsAlive(string gateway) => gateways.ContainsKey(gateway);

    public void Join(string gateway, Func<object, Task> handle)
    {
        var queue = Channel.CreateUnbounded<object>();
        gateways[gateway] = (queue, handle);
        _ = Task.Run(async () =>
        {
            object? held = null;
            await foreach (var message in queue.Reader.ReadAllAsync())
            {
                if (held is null && message is NodeTraffic traffic && Late(traffic))
                {
                    held = message;
                    continue;
                }

                await handle(message);
                if (held is null) continue;
                await handle(held);
                held = null;
            }
        });
    }

    public void Leave(string gateway)
    {
        if (gateways.TryRemove(gateway, out var gone)) gone.Queue.Writer.TryComplete();
    }

    public Task PublishAsync<T>(T message, CancellationToken cancellationToken) where T : class
    {
        var copy = JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(message))!;
        if (copy is NodeTraffic traffic)
        {
            Traffic++;
            if (gateways.TryGetValue(traffic.Gateway, out var one))
            {
                for (var copies = Copies(traffic); copies > 0; copies--) one.Queue.Writer.TryWrite(copy);
            }
        }
        else
        {
            foreach (var gateway in gateways.Values) gateway.Queue.Writer.TryWrite(copy);
        }

        return Task.CompletedTask;
    }
}
