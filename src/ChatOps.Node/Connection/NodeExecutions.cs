using System.Collections.Concurrent;
using ChatOps.Fleet;
using ChatOps.Fleet.Frames;
using ChatOps.Node.Execution;

namespace ChatOps.Node.Connection;

/// <summary>Everything the gateway asked for and has not taken the result of, over all connections.</summary>
internal sealed class NodeExecutions : IDisposable
{
    private readonly ConcurrentDictionary<string, NodeExecution> executions = new(StringComparer.Ordinal);
    private readonly LocalExecutor executor;
    private readonly DaemonOptions options;
    private readonly SpoolBudget budget;
    private readonly string spools;
    private readonly string inputs;
    private long inputCount;

    public NodeExecutions(LocalExecutor executor, DaemonOptions options)
    {
        this.executor = executor;
        this.options = options;
        budget = new SpoolBudget(options.SpoolDiskBytes);
        spools = Path.Combine(options.StateDirectory, "spool");
        // What a killed daemon left there belongs to nobody: results are answered from the register.
        inputs = Path.Combine(options.StateDirectory, "inputs");
        foreach (var directory in new[] { spools, inputs })
        {
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Why an input cannot be taken; <see langword="null"/> when it can.</summary>
    public string? Refusal(PlanInput input) =>
        input.Bytes < 0 || input.Bytes > options.MaxInputBytes ? $"The content is larger than the {options.MaxInputBytes / 1024 / 1024} MiB that this node takes." : null;

    /// <summary>Starts a plan, or gives the execution that it started before.</summary>
    public NodeExecution Start(ExecutionPlan plan)
    {
        var spool = new OutputSpool(Path.Combine(spools, plan.Id), options.SpoolMemoryBytes, plan.StreamBytes, budget);
        var input = plan.Input is { } content ? new NodeInput(plan.Id, content, Path.Combine(inputs, $"{plan.Id}.{Interlocked.Increment(ref inputCount)}")) : null;
        var mine = new NodeExecution(plan, spool, input);
        var execution = executions.GetOrAdd(plan.Id, mine);
        if (execution != mine)
        {
            mine.Dispose();
            return execution;
        }

        mine.Begin(executor);
        Bound();
        return mine;
    }

    /// <summary>One that runs or waits to be taken.</summary>
    public NodeExecution? Find(string id) => executions.GetValueOrDefault(id);

    /// <summary>The recorded end of one that is not held any more; <see langword="null"/> when it never started here.</summary>
    public ExecutionResult? Recall(string id) => executor.Recall(id, "") is { } record ? record.Result ?? LocalExecutor.EndNotRecorded(record) : null;

    /// <summary>The gateway has the result.</summary>
    public void Forget(string id)
    {
        if (executions.TryGetValue(id, out var execution) && execution.Result.IsCompleted && executions.TryRemove(id, out _)) execution.Dispose();
    }

    /// <summary>Stops one.</summary>
    public void Cancel(string id) => Find(id)?.Cancel();

    /// <summary>Stops all of them.</summary>
    public void CancelAll()
    {
        foreach (var execution in executions.Values) execution.Cancel();
    }

    /// <summary>Completes when nothing runs any more.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(executions.Values.Select(e => e.Result));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var execution in executions.Values) execution.Dispose();
        executor.Dispose();
    }

    private void Bound()
    {
        if (executions.Count <= options.MaxUndelivered) return;
        foreach (var (id, execution) in executions.Where(e => e.Value.Result.IsCompleted).Take(executions.Count - options.MaxUndelivered))
        {
            if (executions.TryRemove(id, out _)) execution.Dispose();
        }
    }
}
