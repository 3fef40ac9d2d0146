using ChatOps.Policy;

namespace ChatOps.Tools.Gate;

/// <summary>Whether people are asked, whom, and under which rule: the written rules, made stricter for what was spoken and for what a model asks.</summary>
internal sealed class NeedStage(IApprovalRules rules) : IGateStage
{
    /// <summary>The rule that lets a tool run which decides, ends or issues something itself.</summary>
    public const string NeverAsks = "built-in: this tool needs the permission and no approval";

    public ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken) => ValueTask.FromResult(Decide(context));

    private InvocationOutcome? Decide(GateContext context)
    {
        var neverAsks = context.Manifest.NeverAsks || context.Assessment!.NeverAsks;
        var need = context.Steps is null
            ? rules.Decide(context.Manifest.Name, context.Assessment!.Risk, context.Call!.Targets)
            : context.PlanNeed ?? new ApprovalNeed(false, 0, [], false, "no step of the plan asks");
        if (SpokenNeed.Applies(context))
        {
            if (neverAsks) return context.Refuse(FailureCode.NotAllowed, SpokenNeed.DecidesNothing, SpokenNeed.Rule);
            need = SpokenNeed.Of(need);
        }

        if (ModelNeed.Decides(context, neverAsks)) return context.Refuse(FailureCode.NotAllowed, ModelNeed.DecidesNothing, ModelNeed.DecidesNothingRule);
        if (ModelNeed.IsTainted(context)) need = ModelNeed.Of(need);
        context.Need = neverAsks ? new ApprovalNeed(false, 0, [], false, NeverAsks) : need;
        return null;
    }
}
