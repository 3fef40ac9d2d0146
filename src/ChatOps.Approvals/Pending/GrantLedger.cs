using ChatOps.Audit;
using ChatOps.Policy;
using ChatOps.Storage;

namespace ChatOps.Approvals.Pending;

/// <summary>Standing grants: exact command, exact targets, one beneficiary; they expire, are counted, listed and revocable, and never widen a role.</summary>
internal sealed class GrantLedger(IAuditWriter audit, IIdGenerator ids, TimeProvider time)
{
    /// <summary>Why no grant can be made of this approval; null when one can.</summary>
    public string? WhyNot(Approval approval, TimeSpan duration)
    {
        if (!MayStand(approval.Request)) return "This kind of action is never allowed in advance; approve it once.";
        return duration > ApprovalsOptions.MaxGrant ? "A standing grant lasts at most 30 days." : null;
    }

    /// <summary>Whether "always allow" may be offered for a request.</summary>
    public static bool MayStand(ApprovalRequest request) =>
        request.Need.AllowStanding && request.Items.Count == 1 && request.Items[0].Risk == Risk.Change;

    public void Give(IStoreSession session, Approval approval, string by, TimeSpan duration)
    {
        var item = approval.Request.Items[0];
        var now = time.GetUtcNow();
        var grant = new StandingGrant(
            ids.NewShortId(), PlanHash.GrantKey(approval.Request.Requester, item.Tool, item.ArgumentsJson, item.Targets),
            approval.Request.Requester, item.Tool, item.Title, approval.Id, by, now, now + duration, 0, null, null, null);
        session.Approvals.AddGrant(grant);
        Record(session, grant, by, $"Allowed without asking until {grant.ExpiresAt:yyyy-MM-dd HH:mm} UTC: {grant.Title}", "granted", null);
    }

    public StandingGrant? Find(IStoreSession session, string principal, string tool, string argumentsJson, IReadOnlyList<string> targets) =>
        session.Approvals.FindGrant(PlanHash.GrantKey(principal, tool, argumentsJson, targets), time.GetUtcNow());

    public void Use(IStoreSession session, StandingGrant grant, string invocationId)
    {
        session.Approvals.UseGrant(grant.Id, time.GetUtcNow());
        Record(session, grant, grant.Principal, $"Used the standing grant {grant.Id} (use {grant.Uses + 1}): {grant.Title}", "used", invocationId);
    }

    public bool Revoke(IStoreSession session, string id, string by)
    {
        var grant = session.Approvals.Grants(int.MaxValue).FirstOrDefault(g => g.Id == id);
        if (grant is null || !session.Approvals.RevokeGrant(id, by, time.GetUtcNow())) return false;
        Record(session, grant, by, $"Ended the standing grant {id}: {grant.Title}", "revoked", null);
        return true;
    }

    private void Record(IStoreSession session, StandingGrant grant, string by, string summary, string outcome, string? invocationId) =>
        audit.Append(session, new AuditEntry(AuditKind.Grant, summary)
        {
            Principal = by,
            InvocationId = invocationId,
            ApprovalId = grant.ApprovalId,
            Tool = grant.Tool,
            Outcome = outcome,
            Detail = new Dictionary<string, string> { ["grant"] = grant.Id, ["beneficiary"] = grant.Principal },
        });
}
