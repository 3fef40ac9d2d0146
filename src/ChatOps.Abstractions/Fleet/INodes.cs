namespace ChatOps.Fleet;

/// <summary>The members of the fleet, and the way to run something on one of them.</summary>
public interface INodes
{
    /// <summary>All members, ordered by name.</summary>
    IReadOnlyList<NodeInfo> All();

    /// <summary>The names of all groups, those without a node among them.</summary>
    IReadOnlyCollection<string> Groups => [];

    /// <summary>Runs one command on one node and streams its output. Returns a value for every outcome; throws only on cancellation of a start that did not happen.</summary>
    /// <param name="request">What to run; its id is remembered and never runs twice.</param>
    /// <param name="output">Receives output as it comes; must not block for long.</param>
    /// <param name="cancellationToken">Cancelling kills the whole process tree; the result then says <see cref="ExecutionEnd.Cancelled"/>.</param>
    Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken);

    /// <summary>Follows what an invocation runs on nodes no longer, without stopping it: another gateway does, and a node tells its end to whoever asked last.</summary>
    void LetGo(string invocationId)
    {
    }
}
