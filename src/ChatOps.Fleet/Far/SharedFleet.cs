using ChatOps.Fleet.Membership;
using ChatOps.Fleet.Relay;
using ChatOps.Gateways;
using ChatOps.Storage;

namespace ChatOps.Fleet.Far;

/// <summary>Keeps what this gateway knows of the fleet as the store has it, where others change it too, and tells the store which of its nodes answer.</summary>
internal sealed class SharedFleet(NodeDirectory directory, NodeSessions sessions, FarLinks far, IGateways gateways, IStore store)
{
    private const int Batch = 100;

    /// <summary>Reads what changed since the last time. For changes whose message was lost.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var name in await directory.RefreshAsync(cancellationToken)) await ApplyAsync(name);
    }

    /// <summary>Reads one member.</summary>
    public async Task ReadAsync(string name, CancellationToken cancellationToken)
    {
        await directory.RefreshAsync(name, cancellationToken);
        await ApplyAsync(name);
    }

    /// <summary>Tells the store which nodes answer here, so that every gateway can say when they were last seen and what their machines are like.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var batch in sessions.All.Chunk(Batch))
        {
            await store.WriteAsync(
                session =>
                {
                    foreach (var node in batch) session.Nodes.Seen(node.Name, gateways.Self.Id, node.Generation, node.LastSeen, node.Facts);
                    return true;
                },
                cancellationToken);
        }
    }

    private async Task ApplyAsync(string name)
    {
        var row = directory.Find(name);
        if (row is null)
        {
            await sessions.RemoveAsync(name);
            return;
        }

        // Over a newer connection the node is somewhere else; this one's other end is gone.
        if (sessions.Find(name) is { } session && row.Generation > session.Generation && row.Gateway != gateways.Self.Id) session.Abort();
        await far.MovedAsync(name);
    }
}
