using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Scheduling.Engine;

/// <summary>Lets the scheduler begin once the gateway has ended what a dead process left, and heals lost events now and then.</summary>
internal sealed class SchedulerStart(IStore store, AwaitedRuns awaited, SchedulerIdentity identity, SchedulingOptions options, Wake wake, TimeProvider time) : IRecoverySweep
{
    /// <summary>Ended schedules that one sweep looks at.</summary>
    private const int MaxPruned = 500;

    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public string Name => "schedules";

    /// <summary>Completes when the first sweep is through.</summary>
    public Task WhenReadyAsync(CancellationToken cancellationToken) => ready.Task.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task SweepAsync(bool atStart, CancellationToken cancellationToken)
    {
        if (atStart && options is { AloneWithStore: true, Runs: true })
        {
            await store.WriteAsync(
                session =>
                {
                    session.Schedules.EndLeasesOfOthers(identity.Holder);
                    return true;
                },
                cancellationToken);
        }

        await awaited.SweepAsync(cancellationToken);
        if (options.Runs) await store.WriteAsync(Prune, cancellationToken);
        ready.TrySetResult();
        wake.Up();
    }

    // A one-time schedule that has run is shown for a while, and then only its run is kept. One that a file defines is the file's.
    private int Prune(IStoreSession session)
    {
        var now = time.GetUtcNow();
        foreach (var row in session.Schedules.Ended(MaxPruned).Where(r => r.Schedule.Origin == ScheduleOrigin.Added))
        {
            if (session.Schedules.Open(row.Schedule.Name).Count == 0 && session.Schedules.History(row.Schedule.Name, 1).All(r => r.FinishedAt < now - ScheduleBounds.KeepEnded)) session.Schedules.Remove(row.Schedule.Name);
        }

        return session.Schedules.PruneRuns(now - ScheduleBounds.KeepRuns);
    }
}
