namespace ChatOps.Fleet;

/// <summary>Runs commands on the machine that this process runs on.</summary>
public interface IExecutor
{
    /// <summary>
    /// Runs one command and streams its output. Every outcome is a value; an id that was started before is never started again:
    /// it is joined while it runs and answered with its stored result afterwards.
    /// </summary>
    /// <param name="request">What to run.</param>
    /// <param name="output">Receives output as it comes; must not block for long.</param>
    /// <param name="cancellationToken">Cancelling kills the whole process tree. Throws <see cref="OperationCanceledException"/> only when nothing was started yet.</param>
    Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken);
}
