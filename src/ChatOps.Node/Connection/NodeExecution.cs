using ChatOps.Fleet;
using ChatOps.Fleet.Frames;

namespace ChatOps.Node.Connection;

/// <summary>An execution that the gateway asked for and whose result it has not taken yet. It outlives connections.</summary>
internal sealed class NodeExecution(ExecutionPlan plan, OutputSpool spool, NodeInput? input) : IDisposable
{
    private readonly CancellationTokenSource cancel = new();

    /// <summary>The plan.</summary>
    public ExecutionPlan Plan => plan;

    /// <summary>Its output.</summary>
    public OutputSpool Spool => spool;

    /// <summary>What its first program reads, while it arrives; <see langword="null"/> for nothing.</summary>
    public NodeInput? Input => input;

    /// <summary>Its end.</summary>
    public Task<ExecutionResult> Result { get; private set; } = Task.FromException<ExecutionResult>(new InvalidOperationException("The execution was not begun."));

    /// <summary>Begins it.</summary>
    /// <param name="executor">What runs it.</param>
    public void Begin(IExecutor executor)
    {
        Result = RunAsync(executor);

        // After the task is complete, not in it: who is woken looks whether it is.
        Result.ContinueWith(_ => spool.Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Stops it with its whole process tree.</summary>
    public void Cancel()
    {
        try
        {
            cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended, and its result was taken.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cancel.Dispose();
        spool.Dispose();
        input?.Dispose();
    }

    private async Task<ExecutionResult> RunAsync(IExecutor executor)
    {
        try
        {
            var timeout = TimeSpan.FromMilliseconds(plan.TimeoutMilliseconds);
            if (input is not null && await input.Arrived.WaitAsync(timeout, cancel.Token) is { } problem) return Ended(ExecutionEnd.NotStarted, $"{problem} Nothing was started.");
            var request = new ExecutionRequest(
                plan.Id, plan.Node, plan.Line, plan.Program, plan.WorkingDirectory, timeout,
                new OutputLimits(plan.HeadBytes, plan.TailBytes, 0, null)) 
            {
                Risk = plan.Risk, Approval = plan.Approval, Input = input is null ? null : new ExecutionInput(input.Path, plan.Input!.Bytes, plan.Input.Sha256),
            };
            var result = await executor.ExecuteAsync(request, spool, cancel.Token);
            return spool.Problem is { } lost ? result with { Message = result.Message is { } said ? $"{said} {lost}" : lost } : result;
        }
        catch (OperationCanceledException)
        {
            return Ended(ExecutionEnd.Cancelled, "It was cancelled before it started.");
        }
        catch (TimeoutException)
        {
            return Ended(ExecutionEnd.NotStarted, "The content did not arrive in time; nothing was started.");
        }
#pragma warning disable CA1031 // A boundary: whatever broke inside, the gateway hears that the end is not known.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Ended(ExecutionEnd.Unknown, $"The node's daemon failed inside while it ran ({e.GetType().Name}); its log says more.");
        }
    }

    private static ExecutionResult Ended(ExecutionEnd end, string message) => new(end, null, "", 0, 0, null, TimeSpan.Zero, message);
}
