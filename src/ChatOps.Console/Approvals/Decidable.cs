using ChatOps.Approvals;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Storage;

namespace ChatOps.Console.Approvals;

/// <summary>Which pending approvals a person should look at. For display only: the decision itself is checked by the ledger.</summary>
internal sealed class Decidable(IApprovals approvals, IAuthorizer authorizer, INodes nodes)
{
    public const string ApproveTool = "approvals_approve";
    public const string DenyTool = "approvals_deny";
    public const string Group = "approvals";

    /// <summary>Pending approvals looked at, newest first. More than anybody decides; what is beyond is on the approvals page.</summary>
    public const int Limit = 100;

    /// <summary>The pending approvals that this person may approve now, the one that lapses first at the top.</summary>
    public IReadOnlyList<Approval> By(IStoreSession session, Principal person) =>
        !authorizer.CouldUse(person, ApproveTool, Group)
            ? []
            : approvals.List(session, [ApprovalState.Pending], Limit).Where(a => MayApprove(a, person)).OrderBy(a => a.ExpiresAt).ToList();

    public bool MayApprove(Approval approval, Principal person)
    {
        if (approval.State != ApprovalState.Pending || approval.Votes.Any(v => v.Principal == person.Id)) return false;
        var request = approval.Request;
        if (approval.FourEyes && request.Requester == person.Id) return false;
        if (request.Need.Roles.Count > 0 && !request.Need.Roles.Intersect(person.Roles).Any()) return false;
        var names = request.Items.SelectMany(i => i.Targets).ToHashSet(StringComparer.Ordinal);
        return authorizer.Decide(person, ApproveTool, Group, nodes.All().Where(n => names.Contains(n.Name)).ToList()).Allowed;
    }

    /// <summary>Whether they may say no: whoever may approve, and the requester, who takes it back.</summary>
    public bool MayDeny(Approval approval, Principal person) =>
        approval.State == ApprovalState.Pending && (approval.Request.Requester == person.Id || MayApprove(approval, person));
}
