using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>
/// After a crash: what a process that is gone had started is asked for where it may go on without that process, and otherwise ends as unknown; it
/// is never repeated. What was approved and not started starts; what was settled while nobody listened ends.
/// </summary>
internal sealed class InvocationRecovery(IStore store, IApprovals approvals, IAuditWriter audit, InvocationRecords records, ToolInvoker invoker, FollowableInvocations followable, CardProgress cards, ApprovedRuns runs, ToolsOptions options, TimeProvider time)
    : IRecoverySweep
{
    private const int Batch = 200;

    public string Name => "invocations";

    public async Task SweepAsync(bool atStart, CancellationToken cancellationToken)
    {
        // A gateway that is alone with its store knows at the start that every other holder is gone. One that is not asks each time who has not been heard of.
        if (atStart || !options.AloneWithStore)
        {
            foreach (var row in await store.WriteAsync(session => EndOrphans(session, atStart), cancellationToken)) runs.Start(row.Id, stop => FollowAsync(row, stop));
        }

        await store.WriteAsync(WakeSettled, cancellationToken);
    }

    private List<InvocationRow> EndOrphans(IStoreSession session, bool atStart)
    {
        var orphans = session.Invocations.InStatus(InvocationStatus.Running, int.MaxValue).Where(r => r.Holder != records.Holder && IsGone(session, r.Holder, atStart)).ToLookup(followable.Contains);
        foreach (var row in orphans[false]) EndOrphan(session, row);

        // Ours from now on; a crash while it is followed makes it the next process's.
        foreach (var row in orphans[true]) session.Invocations.CompareAndSet(row.Id, InvocationStatus.Running, InvocationStatus.Running, records.Holder, null, null, null, null);
        return [.. orphans[true]];
    }

    private bool IsGone(IStoreSession session, string? holder, bool atStart) =>
        options.AloneWithStore || holder is null || (atStart && holder.StartsWith(options.HolderPrefix, StringComparison.Ordinal)) || !GatewayPresence.IsAlive(session, holder, time.GetUtcNow());

    private async Task FollowAsync(InvocationRow row, CancellationToken cancellationToken)
    {
        var approval = row.ApprovalId is null ? null : await store.ReadAsync(s => approvals.Find(s, row.ApprovalId), cancellationToken);
        var progress = approval is null ? NoProgress.Instance : await cards.ForAsync(approval, row, cancellationToken);
        if (await invoker.FollowAsync(row, progress, cancellationToken)) return;
        await store.WriteAsync(
            session =>
            {
                EndOrphan(session, row);
                return true;
            },
            CancellationToken.None);
    }

    private void EndOrphan(IStoreSession session, InvocationRow row)
    {
        var intent = row.IntentAuditId is null ? null : session.Audit.Find(row.IntentAuditId)?.Entry;
        var outcome = intent?.Risk == Risk.Read
            ? new InvocationOutcome(row.Id, InvocationStatus.Failed, "The gateway stopped while it ran. It only reads, so it is safe to ask again.",
                ApprovalId: row.ApprovalId, Failure: FailureCode.Interrupted)
            : new InvocationOutcome(row.Id, InvocationStatus.Unknown,
                "The gateway stopped after this was started. Whether it finished is not known, and it is not repeated by itself: look at the node, then decide.",
                ApprovalId: row.ApprovalId, Failure: FailureCode.Interrupted);
        var auditId = audit.Append(session, new AuditEntry(AuditKind.Outcome, outcome.Summary)
        {
            Principal = row.Principal,
            ActorKey = row.ActorKey,
            ConversationId = row.ConversationId,
            InvocationId = row.Id,
            ApprovalId = row.ApprovalId,
            Tool = row.Tool,
            Nodes = row.Targets,
            Risk = intent?.Risk,
            Rule = "never twice",
            Outcome = outcome.Status == InvocationStatus.Unknown ? "unknown" : "failed",
            Detail = new Dictionary<string, string> { ["intent"] = row.IntentAuditId ?? "" },
        });
        if (!records.Finish(session, InvocationStatus.Running, outcome with { AuditId = auditId })) return;
        if (row.ApprovalId is { } approvalId) approvals.Finish(session, approvalId, records.StateOf(outcome.Status), outcome.Summary, null);
        session.PublishAfterCommit(new InvocationFinished(row.Id));
    }

    private static int WakeSettled(IStoreSession session)
    {
        var waiting = session.Invocations.InStatus(InvocationStatus.Waiting, Batch);
        var woken = 0;
        foreach (var row in waiting)
        {
            if (row.ApprovalId is null || session.Approvals.Find(row.ApprovalId) is not { State: not ApprovalState.Pending }) continue;
            session.PublishAfterCommit(new ApprovalDecided(row.ApprovalId));
            woken++;
        }

        return woken;
    }
}
