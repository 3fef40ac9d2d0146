using ChatOps.Approvals;
using ChatOps.Identity;
using ChatOps.Policy;
using ChatOps.Storage;
using ChatOps.Tools.Plans;

namespace ChatOps.Tools.Gate;

/// <summary>
/// A plan that a process which is gone had begun, as it was approved: it is not assessed anew as a whole, because what its finished steps did has changed what they mean.
/// Each step that is still to run is assessed when its turn comes, and must be what the card showed.
/// </summary>
internal sealed class PlanRestoreStage(ToolRegistry registry, IPrincipals principals, IStore store, IApprovals approvals) : IGateStage
{
    private static readonly ApprovalNeed AskedAlready = new(false, 0, [], false, "the plan was begun before the gateway stopped");

    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        var row = context.Earlier!;
        var (approval, intent) = await store.ReadAsync(
            s => (row.ApprovalId is null ? null : approvals.Find(s, row.ApprovalId), row.IntentAuditId is null ? null : s.Audit.Find(row.IntentAuditId)?.Entry), cancellationToken);
        context.Principal = principals.Resolve(context.Request.Actor);
        context.Tool = registry.Find(row.Tool);
        context.Approval = approval;
        if (context.Principal is null || context.Tool is null) return context.Refuse(FailureCode.Interrupted, "The gateway stopped while this plan ran, and whoever asked for it is not known any more.");
        var arguments = ToolArguments.FromJson(row.ArgumentsJson);
        if (!PlanText.TrySteps(arguments.Required("steps"), out var steps, out _) || !PlanText.TryCheck(arguments.Text("check"), out var check, out _))
            return context.Refuse(FailureCode.Interrupted, "The gateway stopped while this plan ran, and its steps cannot be read any more.");

        var item = approval?.Request.Items[0] ?? Item(row.Id, row.Tool, row.ArgumentsJson, row.Targets, intent?.Risk ?? Risk.Change, intent?.Summary ?? "A plan");
        context.Item = item;
        context.Assessment = new ToolAssessment(item.Risk, item.Rule, item.Reason, item.Title, item.Preview, item.RunsAs);
        context.Call = new ToolCall(row.Id, context.Principal, context.Request.Actor, context.Request.Conversation, arguments, []) { Assessment = context.Assessment };
        context.PlanHash = row.PlanHash;
        context.Steps = [.. steps.Select((step, i) => Planned(context, step, PlanStage.IdOf(row.Id, i + 1), i + 1))];
        context.Check = check is null ? null : Planned(context, check, CheckStage.IdOf(row.Id, 1), steps.Count + 1);
        return null;
    }

    private static PlannedCall Planned(GateContext plan, PlanStep step, string id, int number)
    {
        var request = plan.Request with { Id = id, Tool = step.Tool, Arguments = step.Arguments, IdempotencyKey = null };
        return new(request, plan.Approval?.Request.Items[number] ?? Item(id, step.Tool, "{}", [], Risk.Change, $"{number}. {step.Tool}"), AskedAlready, step);
    }

    private static PlanItem Item(string id, string tool, string arguments, IReadOnlyList<string> targets, Risk risk, string title) =>
        new(id, tool, arguments, targets, risk, "", "", title, "", new Dictionary<string, string>());
}
