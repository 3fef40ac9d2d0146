using ChatOps.Approvals;
using ChatOps.Policy;

namespace ChatOps.Tools.Gate;

/// <summary>How risky it is, and exactly what would run.</summary>
internal sealed class AssessStage : IGateStage
{
    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        var call = context.Call!;
        var assessment = await context.Tool!.AssessAsync(call, cancellationToken);
        context.Assessment = assessment;
        context.Item = new PlanItem(
            call.InvocationId, context.Manifest.Name, call.Arguments.Json, context.TargetNames.Order(StringComparer.Ordinal).ToList(),
            assessment.Risk, assessment.Rule, assessment.Reason, assessment.Title, assessment.Preview, assessment.RunsAs);
        context.PlanHash = PlanHash.Of([context.Item]);
        context.Recorded = context.Manifest.Recorded || assessment.Risk != Risk.Read;
        return assessment.Risk == Risk.Forbidden
            ? context.Refuse(FailureCode.Forbidden, $"{assessment.Reason} This is forbidden for everybody; no approval can allow it.", assessment.Rule)
            : null;
    }
}
