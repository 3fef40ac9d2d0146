using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatOps.Scheduling.Engine;

/// <summary>The runs that are under way in this process: a bounded number, each of which can be stopped.</summary>
internal sealed partial class RunPool(ScheduleRunner runner, Wake wake, SchedulingOptions options, TimeProvider time, ILogger<RunPool> log)
{
    private readonly ConcurrentDictionary<string, (string Schedule, CancellationTokenSource Stop, Task Work)> runs = new(StringComparer.Ordinal);

    /// <summary>How many runs may begin now.</summary>
    public int Free => Math.Max(0, options.MaxParallel - runs.Count);

    /// <summary>Whether nothing is under way.</summary>
    public bool IsIdle => runs.IsEmpty;

    /// <summary>Begins one.</summary>
    public void Start(StartedRun run, CancellationToken gateway)
    {
        var stop = new CancellationTokenSource();
        var noted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        runs[run.Run.Id] = (run.Schedule.Name, stop, RunAsync(run, stop, noted.Task, gateway));
        noted.SetResult();
    }

    /// <summary>Stops those of a schedule.</summary>
    public void Stop(string schedule)
    {
        foreach (var run in runs.Values.Where(r => r.Schedule == schedule)) Cancel(run.Stop);
    }

    /// <summary>Stops one.</summary>
    public void StopRun(string id)
    {
        if (runs.TryGetValue(id, out var run)) Cancel(run.Stop);
    }

    /// <summary>Waits until all are over, for a time at most: those that say their end soon have it written, the others are found at the next start.</summary>
    public async Task DrainAsync()
    {
        using var limit = new CancellationTokenSource(options.DrainTime, time);
        try
        {
            await Task.WhenAll(runs.Values.Select(r => r.Work)).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            LogLeft(runs.Count);
        }
    }

    private async Task RunAsync(StartedRun run, CancellationTokenSource stop, Task noted, CancellationToken gateway)
    {
        await noted;
        try
        {
            await runner.RunAsync(run, stop.Token, gateway);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A boundary: what is wrong with one run must not end the others.
            LogFault(e, run.Run.Id);
        }
        catch (OperationCanceledException)
        {
            // The gateway stops; the next one finds the run.
        }
        finally
        {
            runs.TryRemove(run.Run.Id, out _);
            stop.Dispose();
            wake.Up();
        }
    }

    private static void Cancel(CancellationTokenSource stop)
    {
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended in this moment.
        }
    }
}
