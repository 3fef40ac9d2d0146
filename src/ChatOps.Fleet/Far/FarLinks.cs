using System.Collections.Concurrent;
using System.Security.Cryptography;
using ChatOps.Fleet.Dispatch;
using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Keys;
using ChatOps.Fleet.Membership;
using ChatOps.Fleet.Relay;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Fleet.Far;

/// <summary>The ways to the nodes that are connected to other gateways' relays, one a node, made when something is to run there.</summary>
internal sealed class FarLinks(NodeDirectory directory, NodeSessions sessions, RemoteExecutions executions, IGateways gateways, IMessageBus bus, TimeProvider time)
{
    /// <summary>A link over which something runs and that was silent for so long, although signs of life were asked for, leads nowhere.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int IdLength = 16;
    private readonly Lock making = new();
    private readonly ConcurrentDictionary<string, FarLink> byNode = new(StringComparer.Ordinal);

    /// <summary>The gateway that a node is connected to, when that is another one and lives.</summary>
    public GatewayRow? GatewayOf(NodeRow row) => row.Gateway is { } id && id != gateways.Self.Id ? gateways.Find(id) : null;

    /// <summary>The way to a node; null when it is not connected to another gateway, or that one cannot be reached.</summary>
    public INodeLink? Find(string node)
    {
        if (gateways.IsAlone || directory.Find(node) is not { Quarantined: false } row || GatewayOf(row) is not { } gateway || !bus.ReachesOthers) return null;
        FarLink? stale = null;
        FarLink link;
        lock (making)
        {
            if (byNode.TryGetValue(node, out var known))
            {
                if (known.Gateway == gateway.Id && known.Generation == row.Generation) return known;
                stale = known;
            }

            if (!PublicKey.TryRead(Convert.FromBase64String(row.Key), out var key)) return null;
            link = new FarLink(
                new NodeTraffic(gateway.Id, gateways.Self.Id, RandomNumberGenerator.GetHexString(IdLength, lowercase: true), false, node, row.Generation, 0),
                key.Fingerprint, bus, TakeAsync, Ended, time);
            byNode[node] = link;
        }

        stale?.Abort();
        return link;
    }

    /// <summary>A message from another gateway's relay.</summary>
    public void Take(NodeTraffic message)
    {
        if (byNode.TryGetValue(message.Node, out var link) && link.Id == message.Link) link.Offer(message);
    }

    /// <summary>A node may be somewhere else: what runs there for this gateway goes on by the way that there is now.</summary>
    public async Task MovedAsync(string node)
    {
        if (executions.Any(node) && sessions.Find(node) is null && Find(node) is { } link) await executions.BackAsync(link);
    }

    /// <summary>Looks after all of them: what leads nowhere ends, what runs goes on by the way that there is, and the other ends are asked for a sign of life.</summary>
    public async Task TendAsync()
    {
        foreach (var link in byNode.Values)
        {
            if (!IsGood(link)) link.Abort();
        }

        foreach (var node in executions.Nodes)
        {
            if (sessions.Find(node) is not null || Find(node) is not FarLink link) continue;
            await executions.BackAsync(link);
            await executions.AskAgainAsync(link);
            await link.ProbeAsync();
        }
    }

    // Where nothing runs nobody asks for a sign of life, and silence says nothing.
    private bool IsGood(FarLink link) =>
        directory.Find(link.Name) is { } row && row.Gateway == link.Gateway && row.Generation == link.Generation && gateways.Find(link.Gateway) is not null && bus.ReachesOthers
        && executions.Any(link.Name) && link.Silence < Patience;

    private async Task TakeAsync(FarLink link, NodeTraffic message)
    {
        if (message.Output is { } output)
        {
            if (OutputChunk.TryRead(output, out var chunk)) await executions.OutputAsync(link, chunk);
        }
        else if (message.Control is { } control && FrameCodec.Read(control).Frame is { } frame)
        {
            await executions.TakeAsync(link, frame);
        }
    }

    private void Ended(FarLink link)
    {
        byNode.TryRemove(KeyValuePair.Create(link.Name, link));
        executions.Lost(link);
    }
}
