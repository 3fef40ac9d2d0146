using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Relay;
using ChatOps.Messages;

namespace ChatOps.Fleet.Far;

/// <summary>Another gateway that speaks with a node over its connection to this one's relay.</summary>
internal sealed class GuestLink
{
    private readonly NodeTraffic pattern;
    private readonly TrafficEnd end;

    /// <summary>Begins one.</summary>
    /// <param name="first">The first message that came over it.</param>
    /// <param name="self">This gateway.</param>
    /// <param name="session">The node's connection.</param>
    /// <param name="bus">What carries it.</param>
    /// <param name="take">Takes each message for the node, in order.</param>
    /// <param name="ended">Called once when it is over.</param>
    /// <param name="time">The clock.</param>
    public GuestLink(NodeTraffic first, string self, NodeSession session, IMessageBus bus, Func<GuestLink, NodeTraffic, Task> take, Action<GuestLink> ended, TimeProvider time)
    {
        pattern = AnswerTo(first, self);
        Session = session;
        end = new TrafficEnd(pattern, bus, message => take(this, message), () => ended(this), time);
    }

    /// <summary>The node's connection.</summary>
    public NodeSession Session { get; }

    /// <summary>The other gateway.</summary>
    public string Guest => pattern.Gateway;

    /// <summary>Its id, which the other gateway chose.</summary>
    public string Id => pattern.Link;

    /// <summary>What an answer to a message begins with.</summary>
    public static NodeTraffic AnswerTo(NodeTraffic message, string self) => new(message.From, self, message.Link, true, message.Node, message.Generation, 0);

    /// <summary>A message from the other gateway.</summary>
    public void Offer(NodeTraffic message) => end.Offer(message);

    /// <summary>Passes a frame of the node on.</summary>
    public Task SendAsync(Frame frame) => end.SendAsync(frame);

    /// <summary>Passes a piece of output on.</summary>
    public Task SendAsync(OutputChunk chunk)
    {
        var message = new byte[OutputChunk.MaxHeaderBytes + chunk.Bytes.Length];
        var header = OutputChunk.WriteHeader(message, chunk.Id, chunk.Offset);
        chunk.Bytes.CopyTo(message.AsMemory(header));
        return end.SendOutputAsync(message[..(header + chunk.Bytes.Length)]);
    }

    /// <summary>Gives a sign of life.</summary>
    public Task AnswerAsync() => end.SignAsync();

    /// <summary>Ends it, and says so to the other gateway.</summary>
    public void Abort() => end.Abort();
}
