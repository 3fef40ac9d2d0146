using ChatOps.Approvals;
using ChatOps.Limits;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>Records that something was refused, with the end of the approval that it had.</summary>
internal sealed partial class RefusalRecords(IStore store, IApprovals approvals, InvocationRecords records, RunningInvocations running, ILogger<RefusalRecords> log)
{
    /// <summary>
    /// Notes the first call of a pause that came over a limit; the others are only counted, or a flood would reach the store. It is in the record alone: the same call, with its
    /// key, may come again.
    /// </summary>
    public async Task<InvocationOutcome> NoteAsync(GateContext context, OverLimit over, CancellationToken cancellationToken)
    {
        var outcome = CallLimits.Refuse(context, over);
        if (!over.Tell) return outcome;
        try
        {
            return outcome with { AuditId = await store.WriteAsync(session => records.Refusal(session, context, outcome), cancellationToken) };
        }
        catch (StoreUnavailableException e)
        {
            LogRefusalNotRecorded(outcome.InvocationId, e.Message);
            return outcome;
        }
    }

    public async Task<InvocationOutcome> KeepAsync(GateContext context, InvocationOutcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            var recorded = await store.WriteAsync(
                session =>
                {
                    var result = outcome with { AuditId = records.Refusal(session, context, outcome) };
                    if (context.Approval is { } approval)
                    {
                        records.Finish(session, InvocationStatus.Waiting, result);
                        approvals.Finish(session, approval.Id, ApprovalState.Cancelled, result.Summary, null);
                        session.PublishAfterCommit(new InvocationFinished(result.InvocationId));
                    }
                    else
                    {
                        records.Add(session, context, InvocationStatus.Refused, null, null, result);
                    }

                    return result;
                },
                cancellationToken);
            running.Finished(outcome.InvocationId);
            return recorded;
        }
        catch (StoreUnavailableException e)
        {
            // Nothing ran, so the answer holds even when it cannot be recorded.
            LogRefusalNotRecorded(outcome.InvocationId, e.Message);
            return outcome;
        }
    }
}
