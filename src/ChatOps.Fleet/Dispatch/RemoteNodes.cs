using ChatOps.Fleet.Far;
using ChatOps.Fleet.Membership;
using ChatOps.Fleet.Relay;
using ChatOps.Storage;

namespace ChatOps.Fleet.Dispatch;

/// <summary>The nodes that connect by their daemon.</summary>
internal sealed class RemoteNodes(NodeDirectory directory, NodeSessions sessions, FarLinks far, RemoteExecutions executions, GrantIssuer grants, FleetOptions options, TimeProvider time)
{
    // A daemon whose connection ended tries again within half a second, and within one more after that.
    private static readonly TimeSpan ComesBack = TimeSpan.FromSeconds(2), Look = TimeSpan.FromMilliseconds(50);

    // A connection that is not cut but silent is given up at the second beat.
    private const int LatelyBeats = 2;

    /// <summary>All of them as they are now.</summary>
    public IEnumerable<NodeInfo> All => directory.All.Where(r => r.Ssh is null).Select(Describe);

    /// <summary>How a node is now.</summary>
    public NodeInfo Describe(NodeRow row)
    {
        var session = sessions.Find(row.Name);
        var state = row.Quarantined ? NodeState.Quarantined : session is null && far.GatewayOf(row) is null ? NodeState.Offline : row.Drained ? NodeState.Drained : NodeState.Online;
        return new NodeInfo(row.Name, row.Labels, state, session?.Facts ?? row.Facts, session?.LastSeen ?? row.LastSeenAt)
        {
            Kind = NodeKind.Daemon, Version = row.Version, Upgrade = DaemonVersion.Upgrade(row.Version), Alert = row.Alert,
        };
    }

    /// <summary>Whether there is such a node.</summary>
    public bool Has(string name) => directory.Find(name) is { Ssh: null };

    /// <summary>Runs a command there.</summary>
    public async Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken)
    {
        // What may run there already is asked for, and told to stop, also when that was decided before.
        if (!request.OnlyAttach) cancellationToken.ThrowIfCancellationRequested();
        var session = request.OnlyAttach ? LinkTo(request.Node) : await LinkSoonAsync(request.Node, cancellationToken);

        // While it was asked whether it is there, it may have been drained or put in quarantine.
        if (!request.OnlyAttach && (WhyNot(request.Node, session) ?? await SilenceAsync(session!, cancellationToken) ?? WhyNot(request.Node, LinkTo(request.Node))) is { } no) return no;

        using var mine = new RemoteExecution(request, output, on => grants.Issue(request, on.Key, User(request.Node), RemoteExecution.WindowBytes), time);

        // Before it is added: a node that comes back in that moment stops this clock, and nothing may start it again.
        mine.Await();
        var execution = executions.Add(request.Id, mine);
        if (execution != mine) return await execution.Result;
        try
        {
            await using var cancel = cancellationToken.Register(mine.Cancel);

            // Looked for again: a node that came back before this one was added went on with the others only.
            if ((LinkTo(request.Node) ?? session) is { } now) await mine.BeginAsync(now);
            return await mine.Result;
        }
        finally
        {
            executions.Remove(request.Id);
        }
    }

    /// <summary>Follows what an invocation runs no longer.</summary>
    public void LetGo(string invocationId) => executions.LetGo(invocationId);

    private INodeLink? LinkTo(string node) => sessions.Find(node) ?? far.Find(node);

    // Where a node was there until a moment ago, a line has broken or a gateway was started again, and it is on its way back.
    private async Task<INodeLink?> LinkSoonAsync(string node, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (LinkTo(node) is null && WasThereLately(node) && time.GetElapsedTime(started) < ComesBack) await Task.Delay(Look, time, cancellationToken);
        return LinkTo(node);
    }

    private bool WasThereLately(string node) =>
        directory.Find(node) is { Quarantined: false, Drained: false } row && time.GetUtcNow() - row.LastSeenAt < LatelyBeats * options.Relay.Heartbeat;

    private string? User(string name) => directory.Find(name)?.Facts.GetValueOrDefault("user");

    private ExecutionResult? WhyNot(string name, INodeLink? session) =>
        directory.Find(name) is not { } row ? Answer(ExecutionEnd.Unreachable, $"There is no node '{name}' any more; nothing was started.")
        : row.Quarantined ? Answer(ExecutionEnd.NotStarted, $"{name} is in quarantine, nothing was started: {row.Alert}")
        : session is null && far.GatewayOf(row) is { } other ? Answer(ExecutionEnd.Unreachable, $"{name} is connected to the gateway {other.Name}, and that one cannot be reached from here: it takes Bus:Transport=RabbitMq and a broker that answers. Nothing was started.")
        : session is null ? Answer(ExecutionEnd.Unreachable, $"{name} is not connected (last seen {row.LastSeenAt:yyyy-MM-dd HH:mm} UTC); nothing was started.")
        : row.Drained ? Answer(ExecutionEnd.NotStarted, $"{name} is drained and takes no new work; nothing was started. 'node resume {name}' ends that.")
        : null;

    // Where it came back over another connection meanwhile, that one is there.
    private async Task<ExecutionResult?> SilenceAsync(INodeLink session, CancellationToken cancellationToken) =>
        await session.IsThereAsync(options.Relay.Heartbeat, cancellationToken) || (LinkTo(session.Name) is { } now && now != session)
            ? null
            : Answer(ExecutionEnd.Unreachable, $"{session.Name} did not answer the last heartbeat; nothing was started.");

    private static ExecutionResult Answer(ExecutionEnd end, string message) => new(end, null, "", 0, 0, null, TimeSpan.Zero, message);
}
