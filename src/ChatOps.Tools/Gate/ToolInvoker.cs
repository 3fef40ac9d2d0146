using System.Diagnostics;
using ChatOps.Approvals;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>The gate's door. Everything that has an effect comes through here, whoever asks.</summary>
internal sealed class ToolInvoker(
    GatePipeline pipeline, CallLimits limits, RefusalRecords refusals, EarlierInvocations earlier, InvocationStops stops, InvocationTelemetry telemetry, TimeProvider time) : IToolInvoker
{
    public async Task<InvocationOutcome> InvokeAsync(InvocationRequest request, IToolProgress progress, CancellationToken cancellationToken)
    {
        var context = new GateContext(request);
        try
        {
            if (request is not { IsNew: true, IdempotencyKey: null } && await earlier.FindAsync(request, cancellationToken) is { } known) return known;
            if (limits.Note(context) is { } over) return await refusals.NoteAsync(context, over, cancellationToken);
            using var span = InvocationTelemetry.Begin();
            return await WalkAsync(pipeline.New, context, span, progress, cancellationToken);
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
        using var span = InvocationTelemetry.Resume(await telemetry.TraceAsync(row, cancellationToken));
        await WalkAsync(pipeline.Approved, context, span, progress, cancellationToken);
    }

    /// <summary>Follows to its end what a process that is gone had begun. False when that is not possible; then nobody will ever know.</summary>
    public async Task<bool> FollowAsync(InvocationRow row, IToolProgress progress, CancellationToken cancellationToken)
    {
        var context = new GateContext(Restore(row)) { Earlier = row, Recorded = true, AuditId = row.IntentAuditId };
        using var span = InvocationTelemetry.Resume(await telemetry.TraceAsync(row, cancellationToken));
        var began = time.GetTimestamp();
        foreach (var stage in row.Tool == Plans.ProposePlanTool.Definition.Name ? pipeline.ResumedPlan : pipeline.Resumed)
        {
            if (await stage.PassAsync(context, progress, cancellationToken) is not { } outcome) continue;
            telemetry.Answered(context, outcome, span, time.GetElapsedTime(began));
            return outcome.Status != InvocationStatus.Refused;
        }

        return true;
    }

    public Task<InvocationOutcome?> FindAsync(string invocationId, CancellationToken cancellationToken) => earlier.FindAsync(invocationId, cancellationToken);

    public Task<InvocationOutcome?> WaitAsync(string invocationId, CancellationToken cancellationToken) => earlier.WaitAsync(invocationId, NoProgress.Instance, cancellationToken);

    public Task<InvocationOutcome?> WaitAsync(string invocationId, IToolProgress progress, CancellationToken cancellationToken) =>
        earlier.WaitAsync(invocationId, progress, cancellationToken);

    public Task<IReadOnlyList<string>> StopAsync(string conversationId, string by, CancellationToken cancellationToken) => stops.StopAllAsync(conversationId, by, cancellationToken);

    public Task<string?> StopInvocationAsync(string invocationId, string by, CancellationToken cancellationToken) => stops.StopAsync(invocationId, by, cancellationToken);

    private async Task<InvocationOutcome> WalkAsync(
        IReadOnlyList<IGateStage> stages, GateContext context, Activity? span, IToolProgress progress, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        foreach (var stage in stages)
        {
            var outcome = await stage.PassAsync(context, progress, cancellationToken);
            if (outcome is null) continue;
            var kept = outcome.Status == InvocationStatus.Refused ? await refusals.KeepAsync(context, outcome, cancellationToken) : outcome;
            telemetry.Answered(context, kept, span, time.GetElapsedTime(began));
            return kept;
        }

        throw new InvalidOperationException("The last stage of the gate gave no answer.");
    }

    private static InvocationRequest Restore(InvocationRow row) =>
        new(row.Id, ActorKey.Parse(row.ActorKey), row.Tool, ToolArguments.FromJson(row.ArgumentsJson).Values, row.Source)
        {
            Conversation = row.ConversationId is null ? null : ConversationKey.Parse(row.ConversationId),
            InboxId = row.InboxId,
            TaintedBy = row.TaintedBy,
        };
}
