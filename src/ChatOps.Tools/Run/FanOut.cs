using ChatOps.Fleet;

namespace ChatOps.Tools.Run;

/// <summary>
/// Takes a list of nodes through a run: a sliding window, pauses, batches, and the rule that stops. Whatever happens, every node of the list
/// is in the result once; a node that was begun is waited for, and none is begun after a stop.
/// </summary>
internal sealed class FanOut(FanOutControl control, TimeProvider time)
{
    /// <summary>What a node is told whose turn did not come because somebody stopped the run.</summary>
    public const string Stopped = "The run was stopped before its turn; nothing was started.";

    /// <summary>Runs on each node; the result is in the order of the list.</summary>
    /// <param name="targets">The nodes.</param>
    /// <param name="run">One node: answers with a value whatever happens.</param>
    /// <param name="cancellationToken">Starts no more; handed to what runs.</param>
    public async Task<IReadOnlyList<NodeRun>> RunAsync(
        IReadOnlyList<NodeInfo> targets, Func<NodeInfo, CancellationToken, Task<NodeRun>> run, CancellationToken cancellationToken)
    {
        var runs = new Task<NodeRun>?[targets.Count];
        var notOk = 0;
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var slots = new SemaphoreSlim(control.Parallel);
        try
        {
            await StartAllAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || halt.IsCancellationRequested)
        {
            // No further node is begun; those that were are waited for.
        }

        await Task.WhenAll(runs.OfType<Task<NodeRun>>());
        var why = cancellationToken.IsCancellationRequested ? Stopped : $"More than {control.MaxFailures} did not succeed before its turn; nothing was started.";
        return [.. targets.Select((node, i) => runs[i]?.Result ?? NodeRun.NotBegun(node.Name, why))];

        async Task StartAllAsync()
        {
            var size = control.Batch is { } batch ? Math.Max(1, batch.Of(targets.Count)) : targets.Count;
            for (var i = 0; i < targets.Count; i++)
            {
                if (i > 0 && i % size == 0) await Task.WhenAll(runs.OfType<Task<NodeRun>>());
                if (i > 0 && control.Delay > TimeSpan.Zero) await Task.Delay(control.Delay, time, halt.Token);
                await slots.WaitAsync(halt.Token);
                // The slot may be that of the very node that was one too many, or of one that a stop has just ended: its own source learns of a stop a moment later.
                cancellationToken.ThrowIfCancellationRequested();
                halt.Token.ThrowIfCancellationRequested();
                runs[i] = OneAsync(targets[i]);
            }
        }

        async Task<NodeRun> OneAsync(NodeInfo node)
        {
            try
            {
                var ended = await run(node, cancellationToken);
                if (ended.Outcome != NodeOutcome.Ok && control.MaxFailures is { } max && max.IsExceededBy(Interlocked.Increment(ref notOk), targets.Count)) await halt.CancelAsync();
                return ended;
            }
            finally
            {
                slots.Release();
            }
        }
    }
}
