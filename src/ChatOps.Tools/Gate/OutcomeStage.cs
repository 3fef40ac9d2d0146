using ChatOps.Approvals;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>Records how it ended, together with the card of its approval. The effect has happened: this stage does not give up easily.</summary>
internal sealed partial class OutcomeStage(
    IStore store, IApprovals approvals, InvocationRecords records, RunningInvocations running, EarlierInvocations earlier, ToolsOptions options, TimeProvider time, ILogger<OutcomeStage> log) : IGateStage
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        var result = context.Result!;
        var outcome = new InvocationOutcome(
            context.Request.Id, result.Status, result.Summary, result, context.Approval?.Id, context.AuditId, result.Failure, context.Need?.Rule ?? context.Approval?.Request.Need.Rule)
        {
            Risk = context.Assessment?.Risk,
            Title = context.Assessment?.Title,
        };
        if (!context.Recorded) return outcome;

        if (context.Approval is not null) await progress.SettleAsync();
        var started = time.GetTimestamp();
        for (var delay = FirstRetry; ; delay = delay * 2 < LongestRetry ? delay * 2 : LongestRetry)
        {
            try
            {
                // Not cancellable: the effect has happened and must be on record.
                var recorded = await store.WriteAsync(session => Record(session, context, outcome), CancellationToken.None);
                CrashPoint.Hit("gate.outcome");
                running.Finished(context.Request.Id);
                if (recorded is not null) return recorded;
                LogTooLate(context.Request.Id, result.Summary);
                return await earlier.FindAsync(context.Request.Id, CancellationToken.None) ?? context.Leave();
            }
            catch (StoreUnavailableException e)
            {
                LogOutcomeNotRecorded(context.Request.Id, e.Message);
                if (time.GetElapsedTime(started) > options.OutcomePatience)
                {
                    return outcome with
                    {
                        Status = InvocationStatus.Unknown,
                        Failure = FailureCode.StoreUnavailable,
                        Summary = $"It ran ({result.Summary}), but the outcome could not be recorded: {e.Message}",
                    };
                }

                await Task.Delay(delay, time, CancellationToken.None);
            }
        }
    }

    // Null when it is not this process's any more: it stood still or was cut off for so long that another took it over. What that one says counts.
    private InvocationOutcome? Record(IStoreSession session, GateContext context, InvocationOutcome outcome)
    {
        if (session.Invocations.Find(outcome.InvocationId) is not { } row || !records.IsOurs(row)) return null;
        outcome = outcome with { AuditId = records.Outcome(session, context, outcome) };
        if (!records.Finish(session, InvocationStatus.Running, outcome))
            throw new InvalidOperationException($"Invocation {outcome.InvocationId} was finished by somebody else.");
        if (context.Approval is { } approval)
        {
            approvals.Finish(session, approval.Id, records.StateOf(outcome.Status), outcome.Summary, outcome.Result?.Message);
        }

        // Whoever waits for it in the store is not the one who called.
        if (context.Approval is not null || context.Earlier is not null) session.PublishAfterCommit(new InvocationFinished(outcome.InvocationId));

        return outcome;
    }
}
