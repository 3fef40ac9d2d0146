using System.Collections.Concurrent;
using ChatOps.Fleet;

namespace ChatOps.Tests.Gate;

/// <summary>Nodes that a test adds and removes, and a record of what ran on them.</summary>
internal sealed class FakeFleet(TimeProvider time) : INodes, IFleetMembers
{
    private readonly ConcurrentDictionary<string, NodeInfo> nodes = new(StringComparer.Ordinal);

    public ConcurrentQueue<ExecutionRequest> Executions { get; } = new();

    public ConcurrentQueue<(string Name, SshAddress Address, string? HostKey)> Added { get; } = new();

    public Func<ExecutionRequest, IExecutionOutput, CancellationToken, Task<ExecutionResult>> Run { get; set; } =
        (request, _, _) => Task.FromResult(Exited(0, $"ran {request.Line}\n"));

    public void Add(string name, params (string Key, string Value)[] labels) =>
        nodes[name] = new NodeInfo(name, labels.ToDictionary(l => l.Key, l => l.Value), NodeState.Online, new Dictionary<string, string>(), time.GetUtcNow());

    /// <summary>One whose daemon is behind the gateway.</summary>
    public void Old(string name, string todo)
    {
        Add(name);
        nodes[name] = nodes[name] with { Kind = NodeKind.Daemon, Version = "0.0.1", Upgrade = todo };
    }

    /// <summary>One whose work goes on when the gateway dies.</summary>
    public void Remote(string name, params (string Key, string Value)[] labels)
    {
        Add(name, labels);
        nodes[name] = nodes[name] with { Kind = NodeKind.Daemon };
    }

    public void Remove(string name) => nodes.TryRemove(name, out _);

    public IReadOnlyList<NodeInfo> All() => nodes.Values.OrderBy(n => n.Name, StringComparer.Ordinal).ToList();

    public Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken)
    {
        Executions.Enqueue(request);
        return Run(request, output, cancellationToken);
    }

    public Task<JoinInvitation> InviteAsync(TimeSpan lifetime, IReadOnlyDictionary<string, string> labels, string by, CancellationToken cancellationToken) =>
        Task.FromResult(new JoinInvitation("join-token-of-the-fake-fleet", time.GetUtcNow() + lifetime));

    public Task<string?> AddSshAsync(
        string name, SshAddress address, IReadOnlyDictionary<string, string> labels, string? hostKey, string by, CancellationToken cancellationToken)
    {
        Added.Enqueue((name, address, hostKey));
        if (nodes.ContainsKey(name)) return Task.FromResult<string?>($"There is a node '{name}' already.");
        Add(name, [.. labels.Select(l => (l.Key, l.Value))]);
        return Task.FromResult<string?>(null);
    }

    public Task<string?> LabelAsync(string name, IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken) =>
        ChangeAsync(name, n => n with { Labels = n.Labels.Where(l => !changes.ContainsKey(l.Key)).Concat(changes.Where(c => c.Value is not null).Select(c => KeyValuePair.Create(c.Key, c.Value!))).ToDictionary() });

    public Task<string?> DrainAsync(string name, CancellationToken cancellationToken) => ChangeAsync(name, n => n with { State = NodeState.Drained });

    public Task<string?> ResumeAsync(string name, CancellationToken cancellationToken) => ChangeAsync(name, n => n with { State = NodeState.Online, Alert = null });

    public Task<string?> RemoveAsync(string name, CancellationToken cancellationToken) => Task.FromResult(nodes.TryRemove(name, out _) ? null : $"There is no node '{name}'.");

    public static ExecutionResult Exited(int code, string output) =>
        new(ExecutionEnd.Exited, code, output, output.Length, 0, null, TimeSpan.FromMilliseconds(3), null);

    private Task<string?> ChangeAsync(string name, Func<NodeInfo, NodeInfo> change)
    {
        if (!nodes.TryGetValue(name, out var node)) return Task.FromResult<string?>($"There is no node '{name}'.");
        nodes[name] = change(node);
        return Task.FromResult<string?>(null);
    }
}
