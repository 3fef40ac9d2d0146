namespace ChatOps.Fleet.Nodes;

/// <summary>The way to one node.</summary>
internal interface INodeConnection
{
    /// <summary>The node's name.</summary>
    string Name { get; }

    /// <summary>The node as it is now.</summary>
    NodeInfo Describe();

    /// <summary>Runs a command there. Every outcome is a value.</summary>
    Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken);
}
