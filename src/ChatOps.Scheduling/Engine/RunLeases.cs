using ChatOps.Storage;

namespace ChatOps.Scheduling.Engine;

/// <summary>Says now and then that this gateway is alive with its runs, and hears which of them somebody wants stopped.</summary>
internal sealed class RunLeases(IStore store, RunPool pool, SchedulerIdentity identity, TimeProvider time)
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Interval = SchedulerIdentity.Lease / 3;

    private DateTimeOffset renewed;

    /// <summary>Says it when it is time to.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (pool.IsIdle || (now - renewed).Duration() < Interval) return;
        var stopped = await store.WriteAsync(
            session =>
            {
                session.Schedules.RenewRuns(identity.Holder, now + SchedulerIdentity.Lease);
                return session.Schedules.InState(ScheduleRunState.Running, int.MaxValue).Where(r => r.StopAsked && r.Holder == identity.Holder).Select(r => r.Id).ToList();
            },
            cancellationToken);
        foreach (var id in stopped) pool.StopRun(id);
        renewed = now;
    }
}
