using ChatOps.Approvals;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>Goes on when an approval has been settled: runs what was approved, ends what was not. Harmless when woken twice.</summary>
internal sealed class ApprovalRunner(IStore store, IApprovals approvals, ToolInvoker invoker, InvocationRecords records, RunningInvocations running, CardProgress cards, ApprovedRuns runs)
    : IMessageHandler<ApprovalDecided>
{
    public async Task HandleAsync(ApprovalDecided message, CancellationToken cancellationToken)
    {
        var (approval, row) = await store.ReadAsync(
            s => approvals.Find(s, message.ApprovalId) is { } a ? (a, s.Invocations.Find(a.Request.Items[0].InvocationId)) : (null, null), cancellationToken);
        if (approval is null || row is not { Status: InvocationStatus.Waiting }) return;

        if (approval.State == ApprovalState.Approved)
        {
            CrashPoint.Hit("gate.approved");
            runs.Start(row.Id, async stop => await invoker.ResumeAsync(row, approval, await cards.ForAsync(approval, row, stop), stop));
        }
        else if (Refusal(row, approval) is { } outcome)
        {
            await store.WriteAsync(
                session =>
                {
                    if (!records.Finish(session, InvocationStatus.Waiting, outcome)) return false;
                    session.PublishAfterCommit(new InvocationFinished(outcome.InvocationId));
                    return true;
                },
                cancellationToken);
            running.Finished(row.Id);
        }
    }

    private static InvocationOutcome? Refusal(InvocationRow row, Approval approval)
    {
        var title = string.Join("; ", approval.Request.Items.Select(i => i.Title));
        var reason = approval.SettleReason is { Length: > 0 } given ? $" Reason: {given.TrimEnd().TrimEnd('.')}." : "";
        return approval.State switch
        {
            ApprovalState.Denied => new(row.Id, InvocationStatus.Refused, $"{approval.SettledBy} denied: {title}.{reason} Nothing ran.",
                ApprovalId: approval.Id, Failure: FailureCode.ApprovalDenied, Rule: approval.Request.Need.Rule),
            ApprovalState.Expired => new(row.Id, InvocationStatus.Refused, $"Nobody decided in time: {title}. Nothing ran; send it again to ask anew.",
                ApprovalId: approval.Id, Failure: FailureCode.ApprovalExpired, Rule: approval.Request.Need.Rule),
            ApprovalState.Cancelled or ApprovalState.Superseded => new(row.Id, InvocationStatus.Refused, $"Withdrawn: {title}.{reason} Nothing ran.",
                ApprovalId: approval.Id, Failure: FailureCode.Cancelled, Rule: approval.Request.Need.Rule),
            _ => null,
        };
    }
}
