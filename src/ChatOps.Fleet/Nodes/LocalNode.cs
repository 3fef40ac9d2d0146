using System.Collections.Frozen;

namespace ChatOps.Fleet.Nodes;

/// <summary>The gateway's own machine.</summary>
internal sealed class LocalNode(LocalNodeOptions options, IExecutor executor, INodeFacts facts, TimeProvider time) : INodeConnection
{
    /// <summary>How old facts may be before they are read again.</summary>
    public static readonly TimeSpan MaxFactsAge = TimeSpan.FromSeconds(5);

    private readonly FrozenDictionary<string, string> labels = options.Labels.ToFrozenDictionary(StringComparer.Ordinal);
    private volatile NodeInfo? described;

    public string Name { get; } = options.Name;

    public NodeInfo Describe()
    {
        var now = time.GetUtcNow();
        // A clock that was set back must not keep old facts alive.
        if (described is { } known && (now - known.LastSeen).Duration() <= MaxFactsAge) return known;
        return described = new(Name, labels, NodeState.Online, facts.Read(), now);
    }

    public Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken) =>
        executor.ExecuteAsync(request, output, cancellationToken);
}
