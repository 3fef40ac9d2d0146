using System.Collections.Concurrent;
using ChatOps.Approvals;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tests.Schedules;

/// <summary>Approvals of which a schedule withdraws some; it does nothing else with them.</summary>
internal sealed class WithdrawnApprovals : IApprovals
{
    /// <summary>What was withdrawn.</summary>
    public ConcurrentQueue<string> Withdrawn { get; } = new();

    public bool Withdraw(IStoreSession session, string id, string by, string reason)
    {
        Withdrawn.Enqueue(id);
        return true;
    }

    public string? WhyNotOpen(IStoreSession session, string requester) => throw new NotSupportedException();

    public Approval Open(IStoreSession session, ApprovalRequest request) => throw new NotSupportedException();

    public Task<DecisionResult> DecideAsync(ApprovalDecision decision, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Approval? Find(IStoreSession session, string id) => throw new NotSupportedException();

    public IReadOnlyList<Approval> List(IStoreSession session, IReadOnlyList<ApprovalState> states, int limit) => throw new NotSupportedException();

    public (bool Started, string? Reason) TryStart(IStoreSession session, string id) => throw new NotSupportedException();

    public void Finish(IStoreSession session, string id, ApprovalState state, string outcome, RichMessage? result) => throw new NotSupportedException();

    public IReadOnlyList<ApprovalCard> Cards(IStoreSession session, string id) => throw new NotSupportedException();

    public RichMessage Render(Approval approval, RichMessage? result) => throw new NotSupportedException();

    public StandingGrant? FindGrant(IStoreSession session, string principal, string tool, string argumentsJson, IReadOnlyList<string> targets) => throw new NotSupportedException();

    public void UseGrant(IStoreSession session, StandingGrant grant, string invocationId) => throw new NotSupportedException();

    public bool RevokeGrant(IStoreSession session, string id, string by) => throw new NotSupportedException();
}
