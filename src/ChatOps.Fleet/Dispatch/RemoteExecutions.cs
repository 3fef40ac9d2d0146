using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Relay;

namespace ChatOps.Fleet.Dispatch;

/// <summary>What runs on nodes for this gateway. A node's message counts only for an execution on that node.</summary>
internal sealed class RemoteExecutions
{
    private readonly ConcurrentDictionary<string, RemoteExecution> open = new(StringComparer.Ordinal);

    // Every node is asked for its own at every beat and whenever it connects; with thousands of nodes nobody may look through those of all.
    private readonly ConcurrentDictionary<string, ImmutableArray<RemoteExecution>> byNode = new(StringComparer.Ordinal);

    /// <summary>Adds one.</summary>
    /// <returns>The one that follows this id, which is another one when it was followed already.</returns>
    public RemoteExecution Add(string id, RemoteExecution execution)
    {
        var follows = open.GetOrAdd(id, execution);
        if (follows == execution) byNode.AddOrUpdate(execution.Node, static (_, one) => [one], static (_, all, one) => all.Add(one), execution);
        return follows;
    }

    /// <summary>Removes one.</summary>
    public void Remove(string id)
    {
        if (!open.TryRemove(id, out var execution)) return;
        var left = byNode.AddOrUpdate(execution.Node, static (_, _) => [], static (_, all, one) => all.Remove(one), execution);
        if (left.IsEmpty) byNode.TryRemove(KeyValuePair.Create(execution.Node, left));
    }

    /// <summary>Follows what an invocation runs no longer; on the nodes it goes on.</summary>
    public void LetGo(string invocation)
    {
        foreach (var (id, execution) in open)
        {
            if (id != invocation && !id.StartsWith(invocation + ".", StringComparison.Ordinal)) continue;
            Remove(id);
            execution.LetGo();
        }
    }

    /// <summary>An execution on the node of this connection.</summary>
    public RemoteExecution? Find(INodeLink session, string id) => open.TryGetValue(id, out var execution) && execution.Node == session.Name ? execution : null;

    /// <summary>Whether anything runs on a node for this gateway.</summary>
    public bool Any(string node) => byNode.ContainsKey(node);

    /// <summary>The nodes on which anything runs for this gateway.</summary>
    public IEnumerable<string> Nodes => byNode.Select(n => n.Key);

    /// <summary>The execution that a frame of a node is about; null for one that is about none.</summary>
    public static string? ExecutionOf(Frame frame) => frame switch
    {
        AcceptedFrame accepted => accepted.Id,
        RejectedFrame rejected => rejected.Id,
        NotKnownFrame unknown => unknown.Id,
        ResultFrame result => result.Id,
        WantedFrame wanted => wanted.Id,
        _ => null,
    };

    /// <summary>Takes a frame about an execution.</summary>
    public async Task TakeAsync(INodeLink session, Frame frame)
    {
        switch (frame)
        {
            case AcceptedFrame accepted:
                Find(session, accepted.Id)?.Accepted();
                break;
            case RejectedFrame rejected:
                Find(session, rejected.Id)?.Rejected(rejected.Reason);
                break;
            case NotKnownFrame unknown:
                if (Find(session, unknown.Id) is { } asked) await asked.NotKnownAsync(session);
                break;
            case ResultFrame result:
                Find(session, result.Id)?.Ended(result);
                await session.SendAsync(new ForgetFrame(result.Id));
                break;
            case WantedFrame wanted:
                // Not waited for: whoever receives goes on while it is sent.
                _ = Find(session, wanted.Id)?.WantedAsync(session, wanted);
                break;
        }
    }

    /// <summary>Takes a piece of output.</summary>
    public async Task OutputAsync(INodeLink session, OutputChunk chunk)
    {
        // Of one that nobody follows any more nothing is credited, so that it soon stops to come.
        if (Find(session, chunk.Id) is not { } execution) return;
        var credit = execution.Append(chunk);
        if (credit < 0) session.Abort();
        else if (credit > 0) await session.SendAsync(new CreditFrame(chunk.Id, credit));
    }

    /// <summary>A connection has ended.</summary>
    public void Lost(INodeLink session)
    {
        foreach (var execution in Of(session.Name)) execution.Lost(session);
    }

    /// <summary>A node is connected: what it was asked for goes on.</summary>
    public async Task BackAsync(INodeLink session)
    {
        foreach (var execution in Of(session.Name)) await execution.BeginAsync(session);
    }

    /// <summary>Looks after what is overdue on a node.</summary>
    public async Task AskAgainAsync(INodeLink session)
    {
        foreach (var execution in Of(session.Name)) await execution.AskAgainAsync(session);
    }

    /// <summary>Stops what runs on a node.</summary>
    /// <returns>Completes when all of it has ended.</returns>
    public Task CancelAll(string node)
    {
        var all = Of(node);
        foreach (var execution in all) execution.Cancel();
        return Task.WhenAll(all.Select(e => e.Result));
    }

    /// <summary>Waits no longer for a node.</summary>
    public void GiveUpAll(string node)
    {
        foreach (var execution in Of(node)) execution.GiveUp();
    }

    private ImmutableArray<RemoteExecution> Of(string node) => byNode.GetValueOrDefault(node, []);
}
