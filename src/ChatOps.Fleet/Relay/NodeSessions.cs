using System.Collections.Concurrent;
using ChatOps.Fleet.Dispatch;
using ChatOps.Fleet.Frames;

namespace ChatOps.Fleet.Relay;

/// <summary>The live connections, one a node.</summary>
internal sealed class NodeSessions(RemoteExecutions executions, TimeProvider time)
{
    private static readonly TimeSpan RemovalTime = TimeSpan.FromMilliseconds(800);
    private readonly ConcurrentDictionary<string, NodeSession> byName = new(StringComparer.Ordinal);
    private volatile bool closed;

    /// <summary>All of them.</summary>
    public IEnumerable<NodeSession> All => byName.Values;

    /// <summary>How many there are.</summary>
    public int Count => byName.Count;

    /// <summary>A node's connection.</summary>
    public NodeSession? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>A node is there: what it runs for this gateway goes on over this connection.</summary>
    public async Task BeginAsync(NodeSession session)
    {
        NodeSession? replaced = null;
        byName.AddOrUpdate(session.Name, session, (_, earlier) =>
        {
            replaced = earlier;
            return session;
        });
        if (replaced is not null)
        {
            executions.Lost(replaced);
            // Its other end is gone, or is the same daemon with this newer connection.
            replaced.Abort();
        }

        // A daemon is quicker to come back than a gateway is to stop: nothing may go on over a connection that nobody serves any more.
        if (closed) session.Abort();
        else await executions.BackAsync(session);
    }

    /// <summary>The gateway stops: all of them end, and so does every one that comes from now on.</summary>
    public void Close()
    {
        closed = true;
        foreach (var session in All) session.Abort();
    }

    /// <summary>A connection ended.</summary>
    public void End(NodeSession session)
    {
        byName.TryRemove(KeyValuePair.Create(session.Name, session));
        executions.Lost(session);
    }

    /// <summary>A node was removed: what runs there is stopped, and the connection ends.</summary>
    public async Task RemoveAsync(string name)
    {
        var running = executions.CancelAll(name);
        if (Find(name) is not { } session)
        {
            executions.GiveUpAll(name);
            return;
        }

        await session.SendAsync(new RefusedFrame(RefusalCode.Removed, $"This node was removed from the fleet as {name}; what ran here was stopped.", true));
        await Task.WhenAny(Task.WhenAll(running, session.Ended), Task.Delay(RemovalTime, time));
        executions.GiveUpAll(name);
        session.Abort();
    }
}
