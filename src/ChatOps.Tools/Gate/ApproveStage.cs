using ChatOps.Approvals;
using ChatOps.Diagnostics;
using ChatOps.Policy;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>Asks people where the rules say so. The invocation then waits in the store: no thread, no memory, no timer.</summary>
internal sealed class ApproveStage(IApprovalRules rules, IApprovals approvals, IStore store, InvocationRecords records) : IGateStage
{
    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        var call = context.Call!;
        var need = context.Need!;
        if (!need.Asks) return null;

        if (need.AllowStanding)
        {
            context.Grant = await store.ReadAsync(
                s => approvals.FindGrant(s, call.Principal.Id, context.Manifest.Name, call.Arguments.Json, context.TargetNames), cancellationToken);
            if (context.Grant is { } grant)
            {
                context.Need = need with { Asks = false, Rule = $"standing permission {grant.Id}" };
                return null;
            }
        }

        var outcome = await store.WriteAsync(session => Ask(session, context, need), cancellationToken);
        CrashPoint.Hit("gate.waiting");
        return outcome;
    }

    private InvocationOutcome Ask(IStoreSession session, GateContext context, ApprovalNeed need)
    {
        var request = context.Request;
        if (approvals.WhyNotOpen(session, context.Principal!.Id) is { } reason) return context.Refuse(FailureCode.NotAllowed, reason, "too many waiting");
        var approval = approvals.Open(session, new ApprovalRequest(
            context.Items, context.PlanHash, need, rules.Version, context.Principal.Id, request.Actor.Key,
            request.Actor.DisplayName ?? context.Principal.DisplayName, request.Conversation?.Id, request.InboxId, request.Why)
        {
            WhyGenerated = request.IsGenerated && request.Why is not null,
            TaintedBy = request.TaintedBy,
        });
        var outcome = new InvocationOutcome(
            request.Id, InvocationStatus.Waiting,
            $"Waiting for approval {approval.Id} until {approval.ExpiresAt:HH:mm} UTC ({need.Rule}).", ApprovalId: approval.Id, Rule: need.Rule)
        {
            Risk = context.Assessment!.Risk,
            Title = context.Assessment.Title,
        };
        records.Add(session, context, InvocationStatus.Waiting, approval.Id, null, null);
        return outcome;
    }
}
