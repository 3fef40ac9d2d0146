using System.Collections.Frozen;
using System.Diagnostics;
using ChatOps.Diagnostics;
using ChatOps.Fleet.Dispatch;
using ChatOps.Fleet.Ssh;

namespace ChatOps.Fleet.Nodes;

/// <summary>All nodes, and the dispatch of executions to them.</summary>
internal sealed class FleetNodes(IEnumerable<INodeConnection> connections, RemoteNodes remote, SshNodes ssh, INodeGroups? groups = null) : INodes
{
    private readonly FrozenDictionary<string, INodeConnection> byName = connections.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Groups => groups is null ? [] : [.. groups.All.Keys];

    public IReadOnlyList<NodeInfo> All()
    {
        var all = byName.Values.Select(c => c.Describe()).Concat(remote.All).Concat(ssh.All).OrderBy(n => n.Name, StringComparer.Ordinal);
        // Belonging to a group is decided here alone, so that a rule and a command mean the same by it.
        return groups?.All is { Count: > 0 } named
            ? [.. all.Select(n => n with { Groups = [.. named.Where(g => g.Value.Matches(n)).Select(g => g.Key)] })]
            : [.. all];
    }

    public Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken) =>
        Tracing.IsOn ? TracedAsync(request, output, cancellationToken) : DispatchAsync(request, output, cancellationToken);

    public void LetGo(string invocationId) => remote.LetGo(invocationId);

    private async Task<ExecutionResult> TracedAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken)
    {
        using var span = Tracing.Step("execute", ActivityKind.Client);
        span?.SetTag("chatops.node", request.Node).SetTag("chatops.execution.id", request.Id);
        var result = await DispatchAsync(request, output, cancellationToken);
        span?.SetTag("chatops.execution.end", result.End.ToString()).SetTag("chatops.execution.exit_code", result.ExitCode)
            .SetTag("chatops.node.duration_ms", result.Duration.TotalMilliseconds);
        return result;
    }

    private Task<ExecutionResult> DispatchAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken) =>
        byName.TryGetValue(request.Node, out var connection)
            ? connection.ExecuteAsync(request, output, cancellationToken)
            : ssh.Has(request.Node) ? ssh.ExecuteAsync(request, output, cancellationToken)
            : remote.Has(request.Node) || request.OnlyAttach ? remote.ExecuteAsync(request, output, cancellationToken)
            : Task.FromResult(Unreachable($"There is no node '{request.Node}' (any more); nothing was started. {Known()}"));

    private static ExecutionResult Unreachable(string message) => new(ExecutionEnd.Unreachable, null, "", 0, 0, null, TimeSpan.Zero, message);

    private string Known() => All().Count == 0
        ? "The fleet has no node: no machine has joined, and Fleet:LocalNode:Enabled is false."
        : "See 'node list' for the nodes there are.";
}
