using ChatOps.Testing;
using ChatOps.Scheduling;
using ChatOps.Scheduling.Engine;
using ChatOps.Storage;

namespace ChatOps.Tests.Schedules;

/// <summary>One gateway's scheduler, looked at by hand.</summary>
internal sealed class ScheduleEngine : IDisposable
{
    private readonly Wake wake = new();
    private readonly Scheduler scheduler;
    private readonly SchedulerStart start;
    private readonly CancellationTokenSource gateway = new();

    public ScheduleEngine(ScheduleBench bench, IStore store, int maxParallel)
    {
        var options = new SchedulingOptions { MaxParallel = maxParallel, DrainTime = TimeSpan.FromSeconds(30) };
        var identity = new SchedulerIdentity(bench.Ids);
        var ends = new RunEnds(bench.Replies, bench.Time);
        Awaited = new AwaitedRuns(store, wake);
        var runner = new ScheduleRunner(store, bench.Works, bench.People, ends, Awaited, bench.Time, ScheduleBench.Log<ScheduleRunner>());
        Pool = new RunPool(runner, wake, options, bench.Time, ScheduleBench.Log<RunPool>());
        var due = new DueRuns(store, bench.Works, new DueTicks(new RunStops(bench.Approvals, bench.Time), bench.Replies), ends, Awaited, identity, bench.Time);
        start = new SchedulerStart(store, Awaited, identity, options, wake, bench.Time);
        scheduler = new Scheduler(due, Pool, new RunLeases(store, Pool, identity, bench.Time), start, wake, bench.Time, ScheduleBench.Log<Scheduler>());
        Holder = identity.Holder;
    }

    public RunPool Pool { get; }

    public AwaitedRuns Awaited { get; }

    public string Holder { get; }

    /// <summary>Looks until nothing begins any more and all that began is over.</summary>
    public async Task SettleAsync()
    {
        do
        {
            await LookAsync();
            await Until.TrueAsync(() => Pool.IsIdle);
        }
        while (await scheduler.LookAsync(gateway.Token) == TimeSpan.Zero || !Pool.IsIdle);
    }

    /// <summary>Looks once.</summary>
    public Task<TimeSpan> LookAsync() => scheduler.LookAsync(gateway.Token);

    /// <summary>What a gateway does when it starts.</summary>
    public Task StartAsync() => start.SweepAsync(atStart: true, CancellationToken.None);

    /// <summary>The process is gone: nothing that it had begun is written any more.</summary>
    public void Die() => gateway.Cancel();

    public void Dispose()
    {
        gateway.Dispose();
        wake.Dispose();
    }
}
