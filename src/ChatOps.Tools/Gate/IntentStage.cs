using ChatOps.Approvals;
using ChatOps.Diagnostics;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>No record, no run: the intent is on disk before anything starts.</summary>
internal sealed class IntentStage(IStore store, IApprovals approvals, InvocationRecords records) : IGateStage
{
    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        if (!context.Recorded) return null;
        var refusal = await store.WriteAsync(
            session =>
            {
                if (InvocationStops.By(session, context.Request) is { } by) return context.Refuse(FailureCode.Cancelled, $"Stopped by {by} before anything ran.", "stop");
                if (HaltRule.Refusal(session, context) is { } halted) return halted;
                if (context.Grant is { } grant) approvals.UseGrant(session, grant, context.Request.Id);
                context.AuditId = records.Intent(session, context);
                records.Add(session, context, InvocationStatus.Running, null, context.AuditId, null);
                return null;
            },
            cancellationToken);
        if (refusal is not null) return refusal;
        CrashPoint.Hit("gate.intent");
        return null;
    }
}
