using System.Collections.Concurrent;
using ChatOps.Fleet;

namespace ChatOps.Tests.Gate;

/// <summary>Nodes that a test adds and removes, and a record of what ran on them.</summary>
internal sealed class FakeFleet(TimeProvider time) : INodes
{
    private readonly ConcurrentDictionary<string, NodeInfo> nodes = new(StringComparer.Ordinal);

    public ConcurrentQueue<ExecutionRequest> Executions { get; } = new();

    public Func<ExecutionRequest, IExecutionOutput, CancellationToken, Task<ExecutionResult>> Run { get; set; } =
        (request, _, _) => Task.FromResult(Exited(0, $"ran {request.Line}\n"));

    public void Add(string name, params (string Key, string Value)[] labels) =>
        nodes[name] = new NodeInfo(name, labels.ToDictionary(l => l.Key, l => l.Value), NodeState.Online, new Dictionary<string, string>(), time.GetUtcNow());

    public void Remove(string name) => nodes.TryRemove(name, out _);

    public IReadOnlyList<NodeInfo> All() => nodes.Values.OrderBy(n => n.Name, StringComparer.Ordinal).ToList();

    public Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken)
    {
        Executions.Enqueue(request);
        return Run(request, output, cancellationToken);
    }

    public static ExecutionResult Exited(int code, string output) =>
        new(ExecutionEnd.Exited, code, output, output.Length, 0, null, TimeSpan.FromMilliseconds(3), null);
}
