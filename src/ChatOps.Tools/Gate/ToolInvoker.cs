using ChatOps.Approvals;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>The gate's door. Everything that has an effect comes through here, whoever asks.</summary>
internal sealed partial class ToolInvoker(
    GatePipeline pipeline, IStore store, IApprovals approvals, InvocationRecords records, EarlierInvocations earlier, RunningInvocations running, ILogger<ToolInvoker> log)
    : IToolInvoker
{
    public async Task<InvocationOutcome> InvokeAsync(InvocationRequest request, IToolProgress progress, CancellationToken cancellationToken)
    {
        var context = new GateContext(request);
        try
        {
            if (request is not { IsNew: true, IdempotencyKey: null } && await earlier.FindAsync(request, cancellationToken) is { } known) return known;
            return await WalkAsync(pipeline.New, context, progress, cancellationToken);
        }
        catch (DuplicateInvocationException)
        {
            return await earlier.FindAsync(request, cancellationToken)
                ?? context.Refuse(FailureCode.BadArguments, "This invocation id was used by somebody else.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The stages before the run pass cancellation on, the run turns it into a result, and the outcome is recorded in any case.
            return context.Refuse(FailureCode.Cancelled, "It was stopped before anything ran.");
        }
        catch (StoreUnavailableException e)
        {
            return context.Refuse(FailureCode.StoreUnavailable, $"Nothing ran, because it could not be recorded: {e.Message}", "no record, no run");
        }
    }

    public async Task<InvocationPreview> PreviewAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        var context = new GateContext(request);
        foreach (var stage in pipeline.Preview)
        {
            if (await stage.PassAsync(context, NoProgress.Instance, cancellationToken) is { } refusal) return new(context.Item, null, refusal);
        }

        return new(context.Item, context.Need, null);
    }

    /// <summary>Runs what an approval allows. Harmless when called twice.</summary>
    public async Task ResumeAsync(InvocationRow row, Approval approval, IToolProgress progress, CancellationToken cancellationToken)
    {
        var context = new GateContext(Restore(row)) { Approval = approval, Recorded = true };
        await WalkAsync(pipeline.Approved, context, progress, cancellationToken);
    }

    /// <summary>Follows to its end what a process that is gone had begun. False when that is not possible; then nobody will ever know.</summary>
    public async Task<bool> FollowAsync(InvocationRow row, CancellationToken cancellationToken)
    {
        var context = new GateContext(Restore(row)) { Earlier = row, Recorded = true, AuditId = row.IntentAuditId };
        foreach (var stage in pipeline.Resumed)
        {
            if (await stage.PassAsync(context, NoProgress.Instance, cancellationToken) is { } outcome) return outcome.Status != InvocationStatus.Refused;
        }

        return true;
    }

    public Task<InvocationOutcome?> FindAsync(string invocationId, CancellationToken cancellationToken) => earlier.FindAsync(invocationId, cancellationToken);

    public Task<InvocationOutcome?> WaitAsync(string invocationId, CancellationToken cancellationToken) => earlier.WaitAsync(invocationId, cancellationToken);

    public async Task<IReadOnlyList<string>> StopAsync(string conversationId, string by, CancellationToken cancellationToken)
    {
        var stopped = running.Stop(conversationId).ToList();
        stopped.AddRange(await store.WriteAsync(
            session =>
            {
                var titles = new List<string>();
                foreach (var row in session.Invocations.OpenIn(conversationId).Where(r => r.Status == InvocationStatus.Waiting && r.ApprovalId is not null))
                {
                    if (approvals.Find(session, row.ApprovalId!) is { } approval && approvals.Withdraw(session, approval.Id, by, "Stopped by /stop."))
                        titles.Add(string.Join("; ", approval.Request.Items.Select(i => i.Title)));
                }

                return titles;
            },
            cancellationToken));
        return stopped;
    }

    private async Task<InvocationOutcome> WalkAsync(IReadOnlyList<IGateStage> stages, GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        foreach (var stage in stages)
        {
            var outcome = await stage.PassAsync(context, progress, cancellationToken);
            if (outcome is null) continue;
            return outcome.Status == InvocationStatus.Refused ? await RefuseAsync(context, outcome, cancellationToken) : outcome;
        }

        throw new InvalidOperationException("The last stage of the gate gave no answer.");
    }

    private async Task<InvocationOutcome> RefuseAsync(GateContext context, InvocationOutcome outcome, CancellationToken cancellationToken)
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

    private static InvocationRequest Restore(InvocationRow row) =>
        new(row.Id, ActorKey.Parse(row.ActorKey), row.Tool, ToolArguments.FromJson(row.ArgumentsJson).Values, row.Source)
        {
            Conversation = row.ConversationId is null ? null : ConversationKey.Parse(row.ConversationId),
            InboxId = row.InboxId,
            TaintedBy = row.TaintedBy,
        };
}
