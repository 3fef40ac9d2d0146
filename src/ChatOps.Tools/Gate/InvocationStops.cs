using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Diagnostics;
using ChatOps.Fleet;
using ChatOps.Storage;
using ChatOps.Tools.Jobs;

namespace ChatOps.Tools.Gate;

/// <summary>
/// Stops invocations. That something is to be stopped is committed before anything is cancelled: an invocation that has not begun by then never begins, and one
/// that a crash leaves running is stopped by the process that finds it again.
/// </summary>
internal sealed class InvocationStops(IStore store, IApprovals approvals, IAuditWriter audit, RunningInvocations running, IToolCatalogue tools, INodes nodes, IApprovalCards cards, TimeProvider time)
{
    /// <summary>Messages of a conversation that are looked through for the one that is being answered.</summary>
    private const int MaxOpen = 1000;

    /// <summary>Running invocations that a halt looks through; more than a gateway ever runs at once.</summary>
    private const int MaxRunning = 10_000;

    /// <summary>Stops what runs in a conversation and withdraws what waits there; returns the titles.</summary>
    public async Task<IReadOnlyList<string>> StopAllAsync(string conversationId, string by, CancellationToken cancellationToken)
    {
        var begun = new List<InvocationRow>();
        var withdrawn = new List<string>();
        await store.WriteAsync(
            session =>
            {
                begun.Clear();
                withdrawn.Clear();
                // A turn that has not reached the gate yet, or comes to it again after a crash, is told there.
                foreach (var item in session.Inbox.Open(conversationId, MaxOpen).Where(i => i.State == InboxState.Working))
                    session.Invocations.RequestStop(new StopRequest(item.Id, by, time.GetUtcNow()));
                foreach (var row in session.Invocations.OpenIn(conversationId))
                {
                    if (Withdraw(session, row, by) is { } title) withdrawn.Add(title);
                    else if (Request(session, row, by)) begun.Add(row);
                }

                return true;
            },
            cancellationToken);
        CrashPoint.Hit("gate.stopping");
        // Also what is not recorded, and therefore has no row.
        var stopped = running.StopIn(conversationId, by).ToList();
        stopped.AddRange(begun.Where(row => !running.Stop(row.Id, by)).Select(JobTitle.Of));
        return [.. stopped, .. withdrawn];
    }

    /// <summary>Stops one invocation, or withdraws it when it waits.</summary>
    /// <returns>Its title; null when it has ended already.</returns>
    public async Task<string?> StopAsync(string invocationId, string by, CancellationToken cancellationToken)
    {
        var (row, withdrawn) = await store.WriteAsync(
            session =>
            {
                if (session.Invocations.Find(invocationId) is not { Status: InvocationStatus.Running or InvocationStatus.Waiting } open) return (null, null);
                var title = Withdraw(session, open, by);
                if (title is null) Request(session, open, by);
                return ((InvocationRow?)open, title);
            },
            cancellationToken);
        if (row is null || withdrawn is not null) return withdrawn;
        CrashPoint.Hit("gate.stopping");
        running.Stop(row.Id, by);
        return JobTitle.Of(row);
    }

    /// <summary>
    /// Puts a halt in force and stops what runs under it. Both are one transaction: what begins afterwards sees the halt, and what began before is found here.
    /// </summary>
    /// <returns>The titles of what is being stopped; null when the halt's id is taken, and nothing was halted.</returns>
    public async Task<IReadOnlyList<string>?> HaltAsync(Halt halt, CancellationToken cancellationToken)
    {
        var members = nodes.All().ToDictionary(n => n.Name, StringComparer.Ordinal);
        var begun = await store.WriteAsync(
            session =>
            {
                if (!session.Halts.Add(halt)) return null;
                cards.RedrawPending(session);
                return session.Invocations.InStatus(InvocationStatus.Running, MaxRunning)
                    .Where(row => Holds(session, row) && halt.Covers([.. row.Targets.Select(members.GetValueOrDefault).OfType<NodeInfo>()]))
                    .Where(row => Request(session, row, halt.By))
                    .ToList();
            },
            cancellationToken);
        if (begun is null) return null;
        CrashPoint.Hit("gate.stopping");
        foreach (var row in begun) running.Stop(row.Id, halt.By);
        return [.. begun.Select(JobTitle.Of)];
    }

    /// <summary>Who asked to stop an invocation; null for nobody. Asked in the transaction that lets it begin.</summary>
    public static string? By(IStoreSession session, InvocationRequest request) => session.Invocations.StopOf(request.Id, request.InboxId)?.By;

    private bool Holds(IStoreSession session, InvocationRow row) =>
        tools.Find(row.Tool) is not { } manifest || HaltRule.Holds(manifest, row.IntentAuditId is { } id ? session.Audit.Find(id)?.Entry.Risk : null);

    private string? Withdraw(IStoreSession session, InvocationRow row, string by) =>
        row is { Status: InvocationStatus.Waiting, ApprovalId: { } id } && approvals.Find(session, id) is { } approval && approvals.Withdraw(session, id, by, "Stopped by /stop.")
            ? string.Join("; ", approval.Request.Items.Select(i => i.Title))
            : null;

    // False when somebody has asked already: that request stands, and what it stops ends by itself.
    private bool Request(IStoreSession session, InvocationRow row, string by)
    {
        if (!session.Invocations.RequestStop(new StopRequest(row.Id, by, time.GetUtcNow()))) return false;
        audit.Append(session, new AuditEntry(AuditKind.System, $"{by} asked to stop: {JobTitle.Of(row)}.")
        {
            Principal = by,
            ConversationId = row.ConversationId,
            InvocationId = row.Id,
            ApprovalId = row.ApprovalId,
            Tool = row.Tool,
            Nodes = row.Targets,
            Outcome = "stopping",
        });
        return true;
    }
}
