using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Relay;
using ChatOps.Messages;

namespace ChatOps.Fleet.Far;

/// <summary>The way to a node that is connected to another gateway's relay: over the bus to that gateway, and from there over the node's connection.</summary>
internal sealed class FarLink : INodeLink
{
    private readonly NodeTraffic pattern;
    private readonly TrafficEnd end;
    private readonly TimeProvider time;
    private long heard;

    /// <summary>Begins one.</summary>
    /// <param name="pattern">Its names, as they stand in each message.</param>
    /// <param name="key">Fingerprint of the node's key.</param>
    /// <param name="bus">What carries it.</param>
    /// <param name="take">Takes each message from the node, in order.</param>
    /// <param name="ended">Called once when it is over.</param>
    /// <param name="time">The clock.</param>
    public FarLink(NodeTraffic pattern, string key, IMessageBus bus, Func<FarLink, NodeTraffic, Task> take, Action<FarLink> ended, TimeProvider time)
    {
        (this.pattern, Key, this.time) = (pattern, key, time);
        heard = time.GetTimestamp();
        end = new TrafficEnd(pattern, bus, message => take(this, message), () => ended(this), time);
    }

    /// <inheritdoc/>
    public string Name => pattern.Node;

    /// <inheritdoc/>
    public string Key { get; }

    /// <summary>Its id.</summary>
    public string Id => pattern.Link;

    /// <summary>The gateway at its other end.</summary>
    public string Gateway => pattern.Gateway;

    /// <summary>The node's connection that it leads to.</summary>
    public long Generation => pattern.Generation;

    /// <summary>How long nothing came from the other end.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref heard));

    /// <inheritdoc/>
    public Task<bool> IsThereAsync(TimeSpan beat, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <inheritdoc/>
    public Task<bool> SendAsync(Frame frame) => end.SendAsync(frame);

    /// <inheritdoc/>
    public Task<bool> SendOutputAsync(ReadOnlyMemory<byte> message) => end.SendOutputAsync(message.ToArray());

    /// <summary>Asks the other end for a sign of life.</summary>
    public Task ProbeAsync() => end.SignAsync();

    /// <summary>A message from the other end.</summary>
    public void Offer(NodeTraffic message)
    {
        Volatile.Write(ref heard, time.GetTimestamp());
        end.Offer(message);
    }

    /// <inheritdoc/>
    public void Abort() => end.Abort();
}
