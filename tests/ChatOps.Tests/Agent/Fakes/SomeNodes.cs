using ChatOps.Fleet;

namespace ChatOps.Tests.Agent.Fakes;

internal sealed class SomeNodes : INodes
{
    public IReadOnlyList<NodeInfo> All() =>
    [
        Node("db-1", ("env", "prod"), ("role", "db")), Node("local"), Node("web-1", ("env", "prod"), ("role", "web")), Node("web-2", ("env", "stage"), ("role", "web")),
    ];

    public Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Completion must not run anything.");

    private static NodeInfo Node(string name, params (string Key, string Value)[] labels) =>
        new(name, labels.ToDictionary(l => l.Key, l => l.Value), NodeState.Online, new Dictionary<string, string>(), DateTimeOffset.UnixEpoch);
}
