using ChatOps.Approvals.Cards;
using ChatOps.Approvals.Policies;
using ChatOps.Audit;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Approvals.Pending;

/// <summary>
/// The one place where approvals change state. A transition is a compare-and-set on id, revision and state, together with its audit
/// record and its card edits, in one transaction; so two clicks, a click and the expiry, or two gateways can settle it only once.
/// </summary>
internal sealed partial class ApprovalLedger(
    IStore store, IAuditWriter audit, VoterPolicy voters, CardWriter cards, GrantLedger grants, IPrincipals principals, IIdGenerator ids, TimeProvider time, ApprovalsOptions options)
    : IApprovals
{
    private const string Expiry = "the time to decide";

    public string? WhyNotOpen(IStoreSession session, string requester)
    {
        var waiting = session.Approvals.List([ApprovalState.Pending], int.MaxValue).Count(row => row.Requester == requester);
        return waiting < options.MaxPendingPerPerson
            ? null
            : $"{waiting} of your requests wait for a decision already (Approvals:MaxPendingPerPerson); decide or decline some first.";
    }

    public Approval Open(IStoreSession session, ApprovalRequest request)
    {
        var now = time.GetUtcNow();
        var row = new ApprovalRow(
            NewId(session), 1, ApprovalState.Pending, request.PlanHash, Json.Write(request), request.Requester, request.Items[0].InvocationId,
            now, now + options.Expiry, null, null, null, null);
        session.Approvals.Add(row);
        var approval = ToApproval(session, row);
        Record(session, approval, AuditKind.ApprovalRequested, request.Requester, request.ActorKey, $"Asked: {Title(request)}", "waiting", detail: new()
        {
            ["votes"] = request.Need.Votes.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["policy"] = request.PolicyVersion,
            ["preview"] = string.Join("\n", request.Items.Select(i => i.Preview)),
            ["expires"] = row.ExpiresAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        });
        cards.Post(session, approval);
        return approval;
    }

    public Task<DecisionResult> DecideAsync(ApprovalDecision decision, CancellationToken cancellationToken) =>
        store.WriteAsync(session => Decide(session, decision), cancellationToken);

    public Approval? Find(IStoreSession session, string id) =>
        session.Approvals.Find(id.Trim().ToUpperInvariant()) is { } row ? ToApproval(session, row) : null;

    public IReadOnlyList<Approval> List(IStoreSession session, IReadOnlyList<ApprovalState> states, int limit) =>
        session.Approvals.List(states, limit).Select(row => ToApproval(session, row)).ToList();

    public (bool Started, string? Reason) TryStart(IStoreSession session, string id)
    {
        if (Find(session, id) is not { State: ApprovalState.Approved } approval) return (false, null);
        foreach (var vote in approval.Votes.Where(v => v.Approves))
        {
            var voter = principals.Find(vote.Principal);
            var reason = voter is null ? "is not known here any more" : voters.WhyNot(approval.Request, voter, approve: true);
            if (reason is not null) return (false, $"The approval by {vote.Principal} does not hold any more: {reason}");
        }

        if (!Move(session, approval, ApprovalState.Running, approval.SettledBy, approval.SettleReason, null)) return (false, null);
        cards.Update(session, ToApproval(session, session.Approvals.Find(approval.Id)!), null);
        return (true, null);
    }

    public void Finish(IStoreSession session, string id, ApprovalState state, string outcome, RichMessage? result)
    {
        var approval = Find(session, id) ?? throw new InvalidOperationException($"Approval {id} does not exist.");
        if (approval.State is not (ApprovalState.Running or ApprovalState.Approved or ApprovalState.Pending)) return;
        if (!Move(session, approval, state, approval.SettledBy ?? "gateway", approval.SettleReason, outcome)) return;
        var after = ToApproval(session, session.Approvals.Find(approval.Id)!);
        if (state is ApprovalState.Cancelled or ApprovalState.Superseded)
            Record(session, after, AuditKind.ApprovalSettled, "gateway", null, outcome, Word(state));
        cards.Update(session, after, result);
    }

    public bool Withdraw(IStoreSession session, string id, string by, string reason)
    {
        if (Find(session, id) is not { State: ApprovalState.Pending } approval) return false;
        return Settle(session, approval, ApprovalState.Cancelled, by, null, reason);
    }

    public IReadOnlyList<ApprovalCard> Cards(IStoreSession session, string id) => session.Approvals.Cards(id);

    public RichMessage Render(Approval approval, RichMessage? result) => cards.Render(approval, null, result);

    public StandingGrant? FindGrant(IStoreSession session, string principal, string tool, string argumentsJson, IReadOnlyList<string> targets) =>
        grants.Find(session, principal, tool, argumentsJson, targets);

    public void UseGrant(IStoreSession session, StandingGrant grant, string invocationId) => grants.Use(session, grant, invocationId);

    public bool RevokeGrant(IStoreSession session, string id, string by) => grants.Revoke(session, id.Trim().ToUpperInvariant(), by);

    /// <summary>Settles everything whose time is over; returns how many.</summary>
    public Task<int> ExpireAsync(CancellationToken cancellationToken) => store.WriteAsync(
        session =>
        {
            var overdue = session.Approvals.Overdue(time.GetUtcNow(), 100);
            foreach (var row in overdue) Expire(session, ToApproval(session, row));
            return overdue.Count;
        },
        cancellationToken);

    private DecisionResult Decide(IStoreSession session, ApprovalDecision decision)
    {
        var approval = Find(session, decision.ApprovalId);
        if (approval is null)
            return new(DecisionStatus.NotFound, $"There is no approval '{decision.ApprovalId}'. 'approvals' lists what waits.", null);
        if (approval.State == ApprovalState.Pending && time.GetUtcNow() >= approval.ExpiresAt)
        {
            Expire(session, approval);
            approval = Find(session, approval.Id)!;
        }

        if (approval.State != ApprovalState.Pending) return new(DecisionStatus.AlreadySettled, Settled(approval), approval);
        if (decision.PlanHash is { } hash && (hash.Length < 12 || !approval.Request.PlanHash.StartsWith(hash, StringComparison.Ordinal)))
            return new(DecisionStatus.Stale, "That button belongs to another plan. Look at the newest card.", approval);
        if (decision.Revision is { } revision && revision != approval.Revision)
            return new(DecisionStatus.Stale, "The card has changed since that button was shown. Look at it again.", approval);
        return WhyNot(session, approval, decision) is { } reason ? Refuse(session, approval, decision, reason) : Vote(session, approval, decision);
    }

    private string? WhyNot(IStoreSession session, Approval approval, ApprovalDecision decision)
    {
        if (voters.WhyNot(approval.Request, decision.Principal, decision.Approve) is { } reason) return reason;
        if (approval.Votes.Any(v => v.Principal == decision.Principal.Id)) return "You have voted on this already; it needs another person.";
        if (decision.Approve && voters.HaltOver(session, approval.Request) is { } halt) return $"{halt}. It waits until that is lifted; declining works.";
        return decision.GrantFor is { } grantFor ? grants.WhyNot(approval, grantFor) : null;
    }

    private DecisionResult Refuse(IStoreSession session, Approval approval, ApprovalDecision decision, string reason)
    {
        Record(session, approval, AuditKind.ApprovalVote, decision.Principal.Id, decision.Actor.Key, $"Could not {Verb(decision)}: {reason}", "refused");
        return new(DecisionStatus.Refused, reason, approval);
    }

    private DecisionResult Vote(IStoreSession session, Approval approval, ApprovalDecision decision)
    {
        var vote = new ApprovalVote(approval.Id, decision.Principal.Id, decision.Actor.Key, decision.Approve, decision.Reason, time.GetUtcNow());
        if (!session.Approvals.AddVote(vote)) return Refuse(session, approval, decision, "You have voted on this already.");
        var count = approval.Votes.Count(v => v.Approves) + (decision.Approve ? 1 : 0);
        var needed = approval.Request.Need.Votes;
        Record(session, approval, AuditKind.ApprovalVote, vote.Principal, vote.ActorKey, $"{(decision.Approve ? "Approved" : "Denied")}: {Title(approval.Request)}",
            decision.Approve ? "approved" : "denied", decision.Reason, new() { ["vote"] = $"{count} of {needed}", ["revision"] = $"{approval.Revision}" });

        if (decision.Approve && count < needed)
        {
            session.Approvals.CompareAndSet(approval.Id, approval.Revision, ApprovalState.Pending, ApprovalState.Pending, null, null, null, null);
            var voted = Find(session, approval.Id)!;
            cards.Update(session, voted, null);
            return new(DecisionStatus.Voted, $"Your vote counts: {count} of {needed}.", voted);
        }

        var state = decision.Approve ? ApprovalState.Approved : ApprovalState.Denied;
        if (!Settle(session, approval, state, vote.Principal, vote.ActorKey, decision.Reason))
            return new(DecisionStatus.AlreadySettled, Settled(Find(session, approval.Id)!), Find(session, approval.Id));
        if (decision is { Approve: true, GrantFor: { } grantFor }) grants.Give(session, approval, decision.Principal.Id, grantFor);
        return new(DecisionStatus.Settled, decision.Approve ? "Approved. It runs now." : "Denied. Nothing will run.", Find(session, approval.Id));
    }

    private void Expire(IStoreSession session, Approval approval) => Settle(session, approval, ApprovalState.Expired, Expiry, null, null);

    private bool Settle(IStoreSession session, Approval approval, ApprovalState state, string by, string? actorKey, string? reason)
    {
        if (!Move(session, approval, state, by, reason, null)) return false;
        var after = Find(session, approval.Id)!;
        Record(session, after, AuditKind.ApprovalSettled, by == Expiry ? "gateway" : by, actorKey, $"{Capital(Word(state))}: {Title(approval.Request)}", Word(state), reason);
        cards.Update(session, after, null);
        session.PublishAfterCommit(new ApprovalDecided(approval.Id));
        return true;
    }

    private bool Move(IStoreSession session, Approval approval, ApprovalState to, string? by, string? reason, string? outcome) =>
        session.Approvals.CompareAndSet(
            approval.Id, approval.Revision, approval.State, to, approval.SettledAt ?? time.GetUtcNow(), by, reason, outcome);

    private Approval ToApproval(IStoreSession session, ApprovalRow row)
    {
        var request = Json.Read<ApprovalRequest>(row.RequestJson);
        return new(
            row.Id, row.Revision, row.State, request, session.Approvals.Votes(row.Id), voters.FourEyesFor(request),
            row.CreatedAt, row.ExpiresAt, row.SettledAt, row.SettledBy, row.SettleReason, row.Outcome);
    }

    private string NewId(IStoreSession session)
    {
        while (true)
        {
            var id = ids.NewShortId();
            if (session.Approvals.Find(id) is null) return id;
        }
    }

    private void Record(
        IStoreSession session, Approval approval, AuditKind kind, string principal, string? actorKey, string summary, string outcome,
        string? reason = null, Dictionary<string, string>? detail = null)
    {
        detail ??= [];
        detail["plan"] = approval.Request.PlanHash;
        if (reason is not null) detail["reason"] = reason;
        var items = approval.Request.Items;
        audit.Append(session, new AuditEntry(kind, summary)
        {
            Principal = principal,
            ActorKey = actorKey,
            ConversationId = approval.Request.ConversationId,
            InvocationId = items[0].InvocationId,
            ApprovalId = approval.Id,
            Tool = items[0].Tool,
            Nodes = items.SelectMany(i => i.Targets).Distinct().ToList(),
            Risk = items.Max(i => i.Risk),
            Rule = approval.Request.Need.Rule,
            Outcome = outcome,
            Detail = detail,
        });
    }

    private static string Title(ApprovalRequest request) => string.Join("; ", request.Items.Select(i => i.Title));

    private static string Settled(Approval approval) => approval.State switch
    {
        ApprovalState.Denied => $"Already denied by {approval.SettledBy} at {approval.SettledAt:HH:mm} UTC.",
        ApprovalState.Expired => $"The time to decide ended at {approval.ExpiresAt:HH:mm} UTC; nothing ran. Ask for it again.",
        ApprovalState.Cancelled or ApprovalState.Superseded => $"It was {Word(approval.State)} at {approval.SettledAt:HH:mm} UTC; nothing will run. {approval.Outcome ?? approval.SettleReason}".TrimEnd(),
        _ => $"Already approved by {approval.SettledBy} at {approval.SettledAt:HH:mm} UTC.",
    };

    private static string Verb(ApprovalDecision decision) => decision.Approve ? "approve" : "deny";

    private static string Word(ApprovalState state) => state.ToString().ToLowerInvariant();

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
