using ChatOps.Storage;

namespace ChatOps.Scheduling.Engine;

/// <summary>
/// Takes what is due, in one transaction: the tick becomes a row, the schedule gets its next tick, and what may begin is marked as this gateway's. Two gateways that
/// look at the same moment do it one after the other, and the second finds nothing left.
/// </summary>
internal sealed class DueRuns(IStore store, IEnumerable<IScheduledWork> works, DueTicks ticks, RunEnds ends, AwaitedRuns awaited, SchedulerIdentity identity, TimeProvider time)
{
    private readonly Dictionary<ScheduleKind, IScheduledWork> works = works.ToDictionary(w => w.Kind);

    /// <summary>Looks; writes only when something is due.</summary>
    /// <param name="free">How many runs may begin here.</param>
    /// <param name="cancellationToken">The gateway stops.</param>
    public async Task<Taken> TakeAsync(int free, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var over = awaited.Take();
        var (next, left) = await store.ReadAsync(s => (s.Schedules.NextAt(), s.Schedules.Left(now, 1).Count), cancellationToken);
        if (over.Count == 0 && left == 0 && !(next <= now)) return new Taken([], [], false, next);
        return await store.WriteAsync(session => Take(session, free, over), cancellationToken);
    }

    private Taken Take(IStoreSession session, int free, IReadOnlyCollection<string> over)
    {
        var now = time.GetUtcNow();
        var started = new List<StartedRun>();
        foreach (var run in session.Schedules.Left(now, Math.Max(1, free))) TakeLeft(session, run, now, started);
        foreach (var run in over.SelectMany(session.Schedules.WaitingFor)) Begin(session, run, now, again: true, started);
        var (stopped, more) = ticks.Take(session, now);
        var ready = free > started.Count ? session.Schedules.Ready(now, free - started.Count) : [];
        foreach (var run in ready) Begin(session, run, now, again: false, started);
        return new Taken(started, stopped, more, session.Schedules.NextAt());
    }

    private void TakeLeft(IStoreSession session, ScheduleRunRow run, DateTimeOffset now, List<StartedRun> started)
    {
        // Ours, and late with its sign of life: it is under way here.
        if (run.Holder == identity.Holder) session.Schedules.ChangeRun(run with { LeaseUntil = now + SchedulerIdentity.Lease }, run.State, run.Holder);
        else if (session.Schedules.Find(run.Schedule) is { } row && works.TryGetValue(row.Schedule.Kind, out var work) && work.CanResume) Begin(session, run, now, again: true, started);
        else ends.Write(session, run, new ScheduledOutcome(ScheduledEnd.Unknown, "The gateway stopped while it ran. Whether it finished is not known, and it is not repeated."));
    }

    private void Begin(IStoreSession session, ScheduleRunRow run, DateTimeOffset now, bool again, List<StartedRun> started)
    {
        if (session.Schedules.Find(run.Schedule) is not { } row)
        {
            session.Schedules.ChangeRun(run with { State = ScheduleRunState.Cancelled, FinishedAt = now, Summary = "The schedule was removed.", Holder = null, LeaseUntil = null, WaitsFor = null }, run.State, run.Holder);
            return;
        }

        var running = run with
        {
            State = ScheduleRunState.Running,
            Attempt = again ? run.Attempt : run.Attempt + 1,
            Holder = identity.Holder,
            LeaseUntil = now + SchedulerIdentity.Lease,
            StartedAt = again ? run.StartedAt : now,
        };
        if (session.Schedules.ChangeRun(running, run.State, run.Holder)) started.Add(new StartedRun(row.Schedule, running, again));
    }
}
