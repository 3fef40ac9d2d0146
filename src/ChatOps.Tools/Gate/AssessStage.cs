using ChatOps.Approvals;
using ChatOps.Policy;
using ChatOps.Secrets;

namespace ChatOps.Tools.Gate;

/// <summary>How risky it is, and exactly what would run.</summary>
internal sealed class AssessStage(IRedactor redactor) : IGateStage
{
    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        var call = context.Call!;
        var assessment = Show(await context.Tool!.AssessAsync(call, cancellationToken));
        context.Assessment = assessment;
        context.Call = call with { Assessment = assessment };
        context.Item = new PlanItem(
            call.InvocationId, context.Manifest.Name, call.Arguments.Json, context.TargetNames.Order(StringComparer.Ordinal).ToList(),
            assessment.Risk, assessment.Rule, assessment.Reason, assessment.Title, assessment.Preview, assessment.RunsAs);
        context.PlanHash = PlanHash.Of([context.Item]);
        context.Recorded = (context.Manifest.Recorded && !assessment.Unrecorded) || assessment.Risk != Risk.Read;
        if (assessment.Problem is { } problem) return context.Refuse(FailureCode.BadArguments, problem);
        return assessment.Risk == Risk.Forbidden
            ? context.Refuse(FailureCode.Forbidden, $"{assessment.Reason} This is forbidden for everybody; no approval can allow it.", assessment.Rule)
            : null;
    }

    // Cards, audit and titles show this text: a file's diff may hold a secret, a command line may hold what a terminal would obey.
    private ToolAssessment Show(ToolAssessment assessment) => assessment with
    {
        Reason = Plain(assessment.Reason),
        Title = Plain(assessment.Title),
        Preview = Plain(assessment.Preview),
        Problem = assessment.Problem is { } problem ? Plain(problem) : null,
    };

    private string Plain(string text) => redactor.Redact(redactor.Neutralise(text));
}
