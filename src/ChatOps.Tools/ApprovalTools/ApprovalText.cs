using ChatOps.Approvals;

namespace ChatOps.Tools.ApprovalTools;

/// <summary>Approvals in words and as data.</summary>
internal static class ApprovalText
{
    public static string Title(Approval approval) => string.Join("; ", approval.Request.Items.Select(i => i.Title));

    public static string State(Approval approval) => approval.State.ToString().ToLowerInvariant();

    public static object Data(Approval approval) => new
    {
        id = approval.Id,
        revision = approval.Revision,
        state = approval.State,
        title = Title(approval),
        risk = approval.Request.Items.Max(i => i.Risk),
        planHash = approval.Request.PlanHash,
        items = approval.Request.Items,
        requester = approval.Request.Requester,
        why = approval.Request.Why,
        votesNeeded = approval.Request.Need.Votes,
        rule = approval.Request.Need.Rule,
        fourEyes = approval.FourEyes,
        votes = approval.Votes,
        createdAt = approval.CreatedAt,
        expiresAt = approval.ExpiresAt,
        settledAt = approval.SettledAt,
        settledBy = approval.SettledBy,
        settleReason = approval.SettleReason,
        outcome = approval.Outcome,
    };
}
