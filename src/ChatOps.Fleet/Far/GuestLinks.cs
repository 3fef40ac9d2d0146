using System.Collections.Concurrent;
using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Relay;
using ChatOps.Gateways;
using ChatOps.Messages;

namespace ChatOps.Fleet.Far;

/// <summary>What other gateways do over the connections of this one's nodes: passed on as it is, both ways. What they order is signed; this gateway adds and checks nothing.</summary>
internal sealed class GuestLinks(NodeSessions sessions, IGateways gateways, IMessageBus bus, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, GuestLink> byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, GuestLink> byExecution = new(StringComparer.Ordinal);

    /// <summary>A message from another gateway, for a node.</summary>
    public void Take(NodeTraffic message)
    {
        if (!byId.TryGetValue(message.Link, out var link))
        {
            if (message.Ends) return;
            if (sessions.Find(message.Node) is not { } session || session.Generation != message.Generation)
            {
                _ = bus.PublishAsync(GuestLink.AnswerTo(message, gateways.Self.Id) with { Ends = true }, CancellationToken.None);
                return;
            }

            link = byId.GetOrAdd(message.Link, _ => new GuestLink(message, gateways.Self.Id, session, bus, TakeAsync, Ended, time));
        }

        link.Offer(message);
    }

    /// <summary>Passes a frame of a node on to the gateway that follows the execution.</summary>
    /// <returns>Whether there is one.</returns>
    public async Task<bool> PassAsync(NodeSession session, string execution, Frame frame)
    {
        if (Find(session, execution) is not { } link) return false;
        await link.SendAsync(frame);
        return true;
    }

    /// <summary>Passes a piece of output on to the gateway that follows the execution.</summary>
    /// <returns>Whether there is one.</returns>
    public async Task<bool> PassAsync(NodeSession session, OutputChunk chunk)
    {
        if (Find(session, chunk.Id) is not { } link) return false;
        await link.SendAsync(chunk);
        return true;
    }

    /// <summary>A node's connection has ended.</summary>
    public void Lost(NodeSession session)
    {
        foreach (var link in byId.Values.Where(link => link.Session == session)) link.Abort();
    }

    /// <summary>Lets go of what belonged to gateways that died.</summary>
    public void Tend()
    {
        foreach (var link in byId.Values.Where(link => gateways.Find(link.Guest) is null)) link.Abort();
    }

    private GuestLink? Find(NodeSession session, string execution) => byExecution.TryGetValue(execution, out var link) && link.Session == session ? link : null;

    private async Task TakeAsync(GuestLink link, NodeTraffic message)
    {
        if (message.Output is { } input)
        {
            if (!await link.Session.SendOutputAsync(input)) link.Abort();
        }
        else if (message.Control is null)
        {
            await link.AnswerAsync();
        }
        else if (FrameCodec.Read(message.Control).Frame is { } frame && ExecutionOf(frame) is { } execution)
        {
            // Whoever asks last follows it, as over a connection of its own.
            if (frame is ExecuteFrame or AttachFrame) byExecution[execution] = link;
            else if (frame is ForgetFrame) byExecution.TryRemove(KeyValuePair.Create(execution, link));
            if (!await link.Session.SendAsync(frame)) link.Abort();
        }
    }

    // Only what concerns one execution is for guests.
    private static string? ExecutionOf(Frame frame) => frame switch
    {
        ExecuteFrame execute => FrameCodec.ReadPlan(execute.Plan)?.Id,
        AttachFrame attach => attach.Id,
        CreditFrame credit => credit.Id,
        CancelFrame cancel => cancel.Id,
        ForgetFrame forget => forget.Id,
        _ => null,
    };

    private void Ended(GuestLink link)
    {
        byId.TryRemove(KeyValuePair.Create(link.Id, link));
        foreach (var followed in byExecution.Where(e => e.Value == link)) byExecution.TryRemove(followed);
    }
}
