using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Storage;

namespace ChatOps.Approvals.Policies;

/// <summary>Who may decide what. Asked at the moment of deciding and again at the moment of running.</summary>
internal sealed class VoterPolicy(IPrincipals principals, IAuthorizer authorizer, INodes nodes, ApprovalsOptions options)
{
    public const string ApproveTool = "approvals_approve";
    public const string DenyTool = "approvals_deny";
    private const string Group = "approvals";
    private static readonly string[] Production = ["prod", "production"];

    /// <summary>Whether the requester may not approve a plan on these nodes.</summary>
    public bool FourEyesFor(ApprovalRequest request) => options.FourEyes switch
    {
        FourEyes.Always => true,
        FourEyes.Never => false,
        _ => Targets(request).Any(node => node.Labels.TryGetValue("env", out var env) && Production.Contains(env)),
    };

    /// <summary>Why this principal may not cast this vote; null when they may.</summary>
    public string? WhyNot(ApprovalRequest request, Principal voter, bool approve)
    {
        var isRequester = voter.Id == request.Requester;
        // Anybody may take back their own request; declining is the safe choice.
        if (!approve && isRequester) return null;

        var targets = Targets(request);
        if (targets.Count != request.Items.SelectMany(i => i.Targets).Distinct().Count())
            return "A node of this plan is not a member any more; ask for it again.";

        var decision = authorizer.Decide(voter, approve ? ApproveTool : DenyTool, Group, targets);
        if (!decision.Allowed) return decision.Reason;
        if (approve && request.Need.Roles.Count > 0 && !request.Need.Roles.Intersect(voter.Roles).Any())
            return $"Only {string.Join(" or ", request.Need.Roles)} can approve this ({request.Need.Rule}); you are {Roles(voter)}.";
        if (approve && isRequester && FourEyesFor(request))
            return Alone(request)
                ? "A second person has to approve this, and nobody else here may. Give somebody the right ('access grant PERSON operator'), or set Approvals:FourEyes."
                : "You asked for this, so somebody else has to approve it.";
        return null;
    }

    /// <summary>The people who could approve it now, by id.</summary>
    public IReadOnlyList<string> Approvers(ApprovalRequest request) =>
        principals.All().Where(p => WhyNotQuietly(request, p)).Select(p => p.Id).ToList();

    /// <summary>The halt that keeps it from starting now; null when none does.</summary>
    public Halt? HaltOver(IStoreSession session, ApprovalRequest request)
    {
        var targets = Targets(request);
        return session.Halts.Open().FirstOrDefault(h => h.Covers(targets));
    }

    private bool WhyNotQuietly(ApprovalRequest request, Principal principal)
    {
        if (principal.Id == request.Requester && FourEyesFor(request)) return false;
        if (request.Need.Roles.Count > 0 && !request.Need.Roles.Intersect(principal.Roles).Any()) return false;
        return authorizer.Decide(principal, ApproveTool, Group, Targets(request)).Allowed;
    }

    private bool Alone(ApprovalRequest request) => Approvers(request).Count == 0;

    private static string Roles(Principal principal) => principal.Roles.Count == 0 ? "in no role" : string.Join(", ", principal.Roles);

    private List<NodeInfo> Targets(ApprovalRequest request)
    {
        var names = request.Items.SelectMany(i => i.Targets).ToHashSet(StringComparer.Ordinal);
        return nodes.All().Where(n => names.Contains(n.Name)).ToList();
    }
}
