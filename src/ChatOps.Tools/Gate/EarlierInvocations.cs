using ChatOps.Identity;
using ChatOps.Storage;
using ChatOps.Tools.Jobs;

namespace ChatOps.Tools.Gate;

/// <summary>What became of invocations that are in the store already.</summary>
internal sealed class EarlierInvocations(IStore store, IPrincipals principals, RunningInvocations running, LiveJobs jobs, TimeProvider time)
{
    /// <summary>How often a waiter looks at the store itself, in case another process records the outcome.</summary>
    private static readonly TimeSpan WaitPoll = TimeSpan.FromSeconds(1);

    /// <summary>The same request seen before, by id or by the principal's idempotency key. An id of somebody else's is not answered.</summary>
    public async Task<InvocationOutcome?> FindAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        var row = await store.ReadAsync(session => session.Invocations.Find(request.Id) ?? ByKey(session, request), cancellationToken);
        return row is null || (row.Id == request.Id && row.ActorKey != request.Actor.Key) ? null : ToOutcome(row);
    }

    public async Task<InvocationOutcome?> FindAsync(string invocationId, CancellationToken cancellationToken) =>
        await store.ReadAsync(session => session.Invocations.Find(invocationId), cancellationToken) is { } row ? ToOutcome(row) : null;

    public async Task<InvocationOutcome?> WaitAsync(string invocationId, IToolProgress progress, CancellationToken cancellationToken)
    {
        using var watching = jobs.Watch(invocationId, progress);
        return await WaitAsync(invocationId, cancellationToken);
    }

    private async Task<InvocationOutcome?> WaitAsync(string invocationId, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var finished = running.WhenFinished(invocationId);
                var outcome = await FindAsync(invocationId, CancellationToken.None);
                if (outcome is null || IsTerminal(outcome.Status) || cancellationToken.IsCancellationRequested) return outcome;
                await Task.WhenAny(finished, Task.Delay(WaitPoll, time, cancellationToken));
            }
        }
        finally
        {
            running.Forget(invocationId);
        }
    }

    private InvocationRow? ByKey(IStoreSession session, InvocationRequest request) =>
        request.IdempotencyKey is { } key && principals.Resolve(request.Actor) is { } principal ? session.Invocations.FindByKey(principal.Id, key) : null;

    private static InvocationOutcome ToOutcome(InvocationRow row) => row switch
    {
        { OutcomeJson: { } json } => Json.Read<InvocationOutcome>(json),
        { Status: InvocationStatus.Waiting } => new(row.Id, row.Status, $"Waiting for approval {row.ApprovalId}.", ApprovalId: row.ApprovalId),
        _ => new(row.Id, row.Status, "Running.", ApprovalId: row.ApprovalId, AuditId: row.IntentAuditId),
    };

    private static bool IsTerminal(InvocationStatus status) => status is not (InvocationStatus.Running or InvocationStatus.Waiting);
}
