using ChatOps.Diagnostics;
using ChatOps.Identity;
using ChatOps.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Scheduling.Engine;

/// <summary>Does one run: asks the work of its kind, within its time, and writes what became of it.</summary>
internal sealed partial class ScheduleRunner(IStore store, IEnumerable<IScheduledWork> works, IPrincipals principals, RunEnds ends, AwaitedRuns awaited, TimeProvider time, ILogger<ScheduleRunner> log)
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ScheduleKind, IScheduledWork> works = works.ToDictionary(w => w.Kind);

    /// <summary>Runs it.</summary>
    /// <param name="started">What was taken.</param>
    /// <param name="stop">Cancelled when somebody wants this run stopped.</param>
    /// <param name="gateway">Cancelled when the gateway stops: then what is not over stays as it is, for the next process.</param>
    public async Task RunAsync(StartedRun started, CancellationToken stop, CancellationToken gateway)
    {
        CrashPoint.Hit("schedule.claimed");
        using var timeout = new CancellationTokenSource(started.Schedule.Timeout, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(stop, gateway, timeout.Token);
        ScheduledOutcome outcome;
        try
        {
            outcome = await WorkAsync(started, any.Token);
        }
        catch (OperationCanceledException) when (any.IsCancellationRequested)
        {
            if (gateway.IsCancellationRequested && !stop.IsCancellationRequested && !timeout.IsCancellationRequested) return;
            outcome = new ScheduledOutcome(ScheduledEnd.Failed, "It was stopped.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A boundary: one kind's bug must not end the scheduler.
            LogFailed(e, started.Run.Id);
            outcome = new ScheduledOutcome(ScheduledEnd.Failed, "It failed for a reason that is in the gateway's log.");
        }

        if (outcome.End == ScheduledEnd.Failed && timeout.IsCancellationRequested && !stop.IsCancellationRequested)
            outcome = outcome with { Summary = $"It took longer than {started.Schedule.Timeout:g} and was stopped. {outcome.Summary}" };
        CrashPoint.Hit("schedule.worked");
        if (!await WriteAsync(started.Run, outcome, stop.IsCancellationRequested, gateway)) return;
        CrashPoint.Hit("schedule.ended");
        if (outcome is { End: ScheduledEnd.Waiting, WaitsFor: { } id }) awaited.Expect(id, mayHaveEnded: !started.Again);
        else if (started.Run.WaitsFor is { } past) awaited.Forget(past);
    }

    private async Task<ScheduledOutcome> WorkAsync(StartedRun started, CancellationToken cancellationToken)
    {
        var (schedule, run) = (started.Schedule, started.Run);
        if (principals.Find(schedule.Owner) is null) return new ScheduledOutcome(ScheduledEnd.Refused, $"{schedule.Owner} is not known here any more.") { RightsLost = true };
        if (!works.TryGetValue(schedule.Kind, out var work)) return new ScheduledOutcome(ScheduledEnd.Failed, $"Nothing here does {schedule.Kind.ToString().ToLowerInvariant()}.");
        return await work.RunAsync(
            new ScheduledRun(run.Id, run.Schedule, run.Nominal, schedule.Owner, schedule.Text, schedule.ConversationId) { Attempt = run.Attempt, Again = started.Again },
            cancellationToken);
    }

    // What ran has an end; it is written as soon as the store can be. A gateway that stops first leaves that to the next, which asks the same work again.
    private async Task<bool> WriteAsync(ScheduleRunRow run, ScheduledOutcome outcome, bool stopped, CancellationToken gateway)
    {
        while (true)
        {
            try
            {
                await store.WriteAsync(
                    session => stopped && outcome.End is (ScheduledEnd.Failed or ScheduledEnd.Refused)
                        ? session.Schedules.ChangeRun(
                            run with { State = ScheduleRunState.Cancelled, FinishedAt = time.GetUtcNow(), Summary = "Stopped. " + ScheduleTexts.Short(outcome.Summary), Holder = null, LeaseUntil = null },
                            run.State, run.Holder)
                        : ends.Write(session, run, outcome),
                    CancellationToken.None);
                return true;
            }
            catch (Exception e) when (e is not (StoreUnavailableException or OperationCanceledException) && outcome.End != ScheduledEnd.Unknown)
            {
                // What it wanted to say cannot be said; that it is over can.
                LogFailed(e, run.Id);
                outcome = new ScheduledOutcome(ScheduledEnd.Unknown, "Its end could not be written, for a reason that is in the gateway's log.", outcome.AuditId);
            }
            catch (StoreUnavailableException e)
            {
                LogStoreAway(run.Id, e.Message);
                if (gateway.IsCancellationRequested) return false;
                await Task.Delay(StoreRetry, time, gateway).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
