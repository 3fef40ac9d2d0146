using ChatOps.Fleet.Frames;
using ChatOps.Messages;

namespace ChatOps.Fleet.Far;

/// <summary>One of the two ends of the way between gateways that carries what is said to a node and by it: numbers what goes out, orders what comes in, and ends once.</summary>
internal sealed class TrafficEnd
{
    private readonly Lock gate = new();
    private readonly NodeTraffic pattern;
    private readonly IMessageBus bus;
    private readonly OrderedTraffic incoming;
    private readonly Action ended;
    private long number;
    private bool over;

    /// <summary>Begins one.</summary>
    /// <param name="pattern">Its names, as they stand in each message.</param>
    /// <param name="bus">What carries it.</param>
    /// <param name="take">Takes each message from the other end, in order.</param>
    /// <param name="ended">Called once when it is over.</param>
    /// <param name="time">The clock.</param>
    public TrafficEnd(NodeTraffic pattern, IMessageBus bus, Func<NodeTraffic, Task> take, Action ended, TimeProvider time)
    {
        (this.pattern, this.bus, this.ended) = (pattern, bus, ended);
        incoming = new OrderedTraffic(message => message.Ends ? EndAsync() : take(message), Abort, time);
    }

    /// <summary>A message from the other end.</summary>
    public void Offer(NodeTraffic message) => incoming.Offer(message);

    /// <summary>Passes a frame on; false when it is over.</summary>
    public Task<bool> SendAsync(Frame frame) => PublishAsync(pattern with { Control = FrameCodec.Write(frame) });

    /// <summary>Passes a piece of output on; false when it is over.</summary>
    public Task<bool> SendOutputAsync(byte[] message) => PublishAsync(pattern with { Output = message });

    /// <summary>Gives a sign of life, or asks for one.</summary>
    public Task SignAsync() => PublishAsync(pattern);

    /// <summary>Ends it, and says so to the other end.</summary>
    public void Abort()
    {
        _ = PublishAsync(pattern with { Ends = true });
        _ = EndAsync();
    }

    private Task EndAsync()
    {
        lock (gate)
        {
            if (over) return Task.CompletedTask;
            over = true;
        }

        incoming.Stop();
        ended();
        return Task.CompletedTask;
    }

    private async Task<bool> PublishAsync(NodeTraffic message)
    {
        Task sent;
        lock (gate)
        {
            if (over) return false;
            sent = bus.PublishAsync(message with { Number = number++ }, CancellationToken.None);
        }

        await sent;
        return true;
    }
}
