using ChatOps.Approvals;
using ChatOps.Diagnostics;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>Starts an approved plan once: approval approved → running, invocation waiting → running and the intent, in one transaction.</summary>
internal sealed class StartStage(IStore store, IApprovals approvals, InvocationRecords records) : IGateStage
{
    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        var (started, reason) = await store.WriteAsync(
            session =>
            {
                if (InvocationStops.By(session, context.Request) is { } by) return (false, $"Stopped by {by} before anything ran.");
                var start = approvals.TryStart(session, context.Approval!.Id);
                if (!start.Started) return start;
                context.AuditId = records.Intent(session, context);
                return session.Invocations.CompareAndSet(
                    context.Request.Id, InvocationStatus.Waiting, InvocationStatus.Running, records.Holder, context.Approval.Id, context.AuditId, null, null)
                    ? start
                    : throw new InvalidOperationException($"Approval {context.Approval.Id} is approved, but its invocation {context.Request.Id} does not wait.");
            },
            cancellationToken);
        context.Recorded = true;
        CrashPoint.Hit("gate.started");
        if (started) return null;
        return reason is null
            // Somebody else started it: this copy of the wake-up has nothing to do.
            ? new InvocationOutcome(context.Request.Id, InvocationStatus.Running, "It runs already.", ApprovalId: context.Approval!.Id)
            : context.Refuse(FailureCode.PlanDrifted, reason, "approvers are checked again before the run");
    }
}
