namespace ChatOps.Tools;

/// <summary>Requests beside the gate that cost as much as a call of a tool: they are counted with the calls of the same person.</summary>
public interface ICallCount
{
    /// <summary>Takes one into account.</summary>
    /// <param name="request">Whose it is, over which way it came, and in place of a tool's name its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when there is room for it; else why it is not taken, and when to come again.</returns>
    Task<InvocationOutcome?> RefusalAsync(InvocationRequest request, CancellationToken cancellationToken);
}
