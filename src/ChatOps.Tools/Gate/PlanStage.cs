using System.Globalization;
using ChatOps.Approvals;
using ChatOps.Policy;
using ChatOps.Tools.Plans;

namespace ChatOps.Tools.Gate;

/// <summary>
/// What a plan means: each step is resolved, authorised and assessed as if it were called alone; one that would be refused makes the plan refused. The plan is as risky as
/// its riskiest step, and asks whom the strictest of them asks. What is approved is all of it.
/// </summary>
internal sealed class PlanStage(ResolveStage resolve, AuthoriseStage authorise, AssessStage assess, NeedStage need) : IGateStage
{
    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        if (context.Tool is not ProposePlanTool) return null;
        var arguments = context.Call!.Arguments;
        if (!PlanText.TrySteps(arguments.Required("steps"), out var steps, out var problem) || !PlanText.TryCheck(arguments.Text("check"), out var check, out problem))
            return context.Refuse(FailureCode.BadArguments, problem);

        var walked = new List<PlannedCall>();
        foreach (var (step, i) in steps.Select((s, i) => (s, i)))
        {
            var call = await WalkAsync(context, step, IdOf(context.Request.Id, i + 1), i + 1, cancellationToken);
            if (call.Refusal is { } refusal) return Refused(context, $"step {i + 1} ({step.Tool})", refusal);
            walked.Add(call.Call!);
        }

        if (check is not null)
        {
            var call = await WalkAsync(context, check, CheckStage.IdOf(context.Request.Id, 1), steps.Count + 1, cancellationToken);
            if (call.Refusal is { } refusal) return Refused(context, "the check", refusal);
            if (call.Call!.Item.Risk != Risk.Read || call.Call.Need.Asks) return context.Refuse(FailureCode.BadArguments, "The check of a plan must only read, and nothing that asks first.");
            context.Check = call.Call;
        }

        return Combine(context, walked);
    }

    private static InvocationOutcome? Combine(GateContext context, List<PlannedCall> steps)
    {
        var asking = steps.Where(s => s.Need.Asks).Select(s => s.Need).ToList();
        var roles = asking.Where(n => n.Roles.Count > 0).Select(n => n.Roles).ToList();
        var common = roles.Count == 0 ? [] : roles.Aggregate((a, b) => [.. a.Intersect(b)]);
        if (roles.Count > 0 && common.Count == 0)
            return context.Refuse(FailureCode.NotAllowed, "No one role may approve all steps of this plan. Propose them as separate plans.", string.Join("; ", asking.Select(n => n.Rule).Distinct()));
        context.Steps = steps;
        context.PlanNeed = asking.Count == 0 ? null : new ApprovalNeed(true, asking.Max(n => n.Votes), common, false, string.Join("; ", asking.Select(n => n.Rule).Distinct()));
        var risk = steps.Max(s => s.Item.Risk);
        context.Assessment = context.Assessment! with { Risk = risk, Reason = string.Join(" ", steps.Where(s => s.Item.Risk == risk).Select(s => s.Item.Reason).Distinct()), Preview = Preview(context, steps) };
        context.Call = context.Call! with { Assessment = context.Assessment };
        context.Item = context.Item! with
        {
            Risk = risk, Reason = context.Assessment.Reason, Preview = context.Assessment.Preview,
            Targets = [.. steps.SelectMany(s => s.Item.Targets).Distinct().Order(StringComparer.Ordinal)],
        };
        context.PlanHash = PlanHash.Of(context.Items);
        return null;
    }

    /// <summary>A step as a call of its own.</summary>
    public static string IdOf(string plan, int number) => string.Create(CultureInfo.InvariantCulture, $"{plan}.{number}");

    private async Task<(PlannedCall? Call, InvocationOutcome? Refusal)> WalkAsync(GateContext plan, PlanStep step, string id, int number, CancellationToken cancellationToken)
    {
        var request = plan.Request with { Id = id, Tool = step.Tool, Arguments = step.Arguments, IdempotencyKey = null };
        var context = new GateContext(request);
        if (step.Tool == ProposePlanTool.Definition.Name) return (null, context.Refuse(FailureCode.BadArguments, "A plan holds no other plan."));
        foreach (var stage in (IGateStage[])[resolve, authorise, assess, need])
        {
            if (await stage.PassAsync(context, NoProgress.Instance, cancellationToken) is { } refusal) return (null, refusal);
        }

        if (context.Manifest.NeverAsks || context.Assessment!.NeverAsks)
            return (null, context.Refuse(FailureCode.NotAllowed, "What people decide for themselves is no step of a plan.", ModelNeed.DecidesNothingRule));
        var title = string.Create(CultureInfo.InvariantCulture, $"{number}. {context.Item!.Title}");
        return (new PlannedCall(request, context.Item with { Title = title }, context.Need!, step), null);
    }

    private static string Preview(GateContext context, List<PlannedCall> steps)
    {
        var lines = new List<string> { "goal: " + context.Call!.Arguments.Required("goal").ReplaceLineEndings(" ") };
        foreach (var step in steps)
        {
            var where = step.Item.Targets.Count == 0 ? "the gateway" : string.Join(", ", step.Item.Targets);
            lines.Add($"{step.Item.Title} ({step.Item.Risk.ToString().ToLowerInvariant()}) on {where}");
            lines.Add($"   undo, as proposed: {step.Step.Undo?.ReplaceLineEndings(" ") ?? "not known"}");
        }

        lines.Add(context.Check is { } check ? $"check: {check.Item.Title}{(check.Step.Expect is { } words ? $", expecting \"{words.ReplaceLineEndings(" ")}\"" : "")}" : "check: none is named, so the end will be unverified");
        return string.Join('\n', lines);
    }

    private static InvocationOutcome Refused(GateContext context, string what, InvocationOutcome refusal) =>
        context.Refuse(refusal.Failure, $"The plan is refused, because {what} is: {refusal.Summary}", refusal.Rule);
}
