using ChatOps.Approvals;
using ChatOps.Diagnostics;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>Starts an approved plan once: approval approved → running, invocation waiting → running and the intent, in one transaction.</summary>
internal sealed class StartStage(IStore store, IApprovals approvals, InvocationRecords records) : IGateStage
{
    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        var (started, refusal) = await store.WriteAsync(
            session =>
            {
                if (InvocationStops.By(session, context.Request) is { } by) return Not(context, $"Stopped by {by} before anything ran.");
                if (HaltRule.Refusal(session, context) is { } halted) return (false, halted);
                var start = approvals.TryStart(session, context.Approval!.Id);
                if (!start.Started) return Not(context, start.Reason);
                context.AuditId = records.Intent(session, context);
                return session.Invocations.CompareAndSet(
                    context.Request.Id, InvocationStatus.Waiting, InvocationStatus.Running, records.Holder, context.Approval.Id, context.AuditId, null, null)
                    ? (true, null)
                    : throw new InvalidOperationException($"Approval {context.Approval.Id} is approved, but its invocation {context.Request.Id} does not wait.");
            },
            cancellationToken);
        context.Recorded = true;
        CrashPoint.Hit("gate.started");
        if (started) return null;
        // No refusal: somebody else started it, and this copy of the wake-up has nothing to do.
        return refusal ?? new InvocationOutcome(context.Request.Id, InvocationStatus.Running, "It runs already.", ApprovalId: context.Approval!.Id);
    }

    private static (bool Started, InvocationOutcome? Refusal) Not(GateContext context, string? reason) =>
        (false, reason is null ? null : context.Refuse(FailureCode.PlanDrifted, reason, "approvers are checked again before the run"));
}
