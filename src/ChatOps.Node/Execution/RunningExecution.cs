using ChatOps.Fleet;
using ChatOps.Secrets;

namespace ChatOps.Node.Execution;

/// <summary>An execution that is waiting or running, and everybody who waits for its result.</summary>
internal sealed class RunningExecution(string hash, OutputLimits limits, IRedactor redactor, bool inline)
{
    private readonly TaskCompletionSource<ExecutionResult> _result = new(inline ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private ExecutionRun? _run;
    private bool _cancelled;

    /// <summary>Hash of what was asked.</summary>
    public string Hash => hash;

    /// <summary>The output of it.</summary>
    public OutputCollector Output { get; } = new(limits, redactor);

    /// <summary>Its result.</summary>
    public Task<ExecutionResult> Result => _result.Task;

    /// <summary>Makes cancellation reach the run.</summary>
    /// <param name="run">The run, before it starts its first program; <see langword="null"/> when it is over.</param>
    public void Set(ExecutionRun? run)
    {
        lock (_lock)
        {
            _run = run;
            if (_cancelled)
                _run?.Cancel();
        }
    }

    /// <summary>Stops it.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            _cancelled = true;
            _run?.Cancel();
        }
    }

    /// <summary>Gives everybody the result.</summary>
    /// <param name="result">The result.</param>
    public void Complete(ExecutionResult result) => _result.TrySetResult(result);

    /// <summary>Gives everybody the failure of this process, not of the command.</summary>
    /// <param name="failure">What failed.</param>
    public void Fail(Exception failure)
    {
        _result.TrySetException(failure);
        _ = _result.Task.Exception; // Seen: there may be nobody who waits any more.
    }

    /// <summary>Tells everybody that it was cancelled before it started.</summary>
    public void Withdraw() => _result.TrySetCanceled();
}
