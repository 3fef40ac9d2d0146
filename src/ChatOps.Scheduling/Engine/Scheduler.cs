using ChatOps.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Scheduling.Engine;

/// <summary>Sleeps until something is due, takes it and starts it. What it knows is in the store; it may be killed at any moment, and there may be several.</summary>
internal sealed partial class Scheduler(DueRuns due, RunPool pool, RunLeases leases, SchedulerStart start, Wake wake, TimeProvider time, ILogger<Scheduler> log) : BackgroundService
{
    /// <summary>The longest sleep: what another gateway changed is found after it at the latest.</summary>
    internal static readonly TimeSpan MaxSleep = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await start.WhenReadyAsync(stoppingToken);
            while (true) await wake.WaitAsync(await LookAsync(stoppingToken), time, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await pool.DrainAsync();
        }
    }

    /// <summary>Takes and starts what is due.</summary>
    /// <returns>How long nothing is to be done.</returns>
    internal async Task<TimeSpan> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await leases.RenewAsync(cancellationToken);
            var taken = await due.TakeAsync(pool.Free, cancellationToken);
            foreach (var schedule in taken.Stopped) pool.Stop(schedule);
            foreach (var run in taken.Started) pool.Start(run, cancellationToken);
            if (taken.More) return TimeSpan.Zero;
            // With no slot free nothing can begin before one ends, which wakes.
            var sleep = taken.NextAt is { } next && pool.Free > 0 ? next - time.GetUtcNow() : MaxSleep;
            if (!pool.IsIdle && sleep > RunLeases.Interval) sleep = RunLeases.Interval;
            return sleep < TimeSpan.Zero ? TimeSpan.Zero : sleep < MaxSleep ? sleep : MaxSleep;
        }
        catch (StoreUnavailableException e)
        {
            LogStoreAway(e.Message);
            return StoreRetry;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A boundary: whatever is wrong with one schedule, the others have their times.
            LogFault(e);
            return StoreRetry;
        }
    }
}
