using ChatOps.Approvals;
using ChatOps.Policy;

namespace ChatOps.Tools.Gate;

/// <summary>What was approved is what runs: arguments, nodes, command, risk and surroundings must be what the card showed.</summary>
internal sealed class DriftStage : IGateStage
{
    public ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        var approval = context.Approval!;
        if (context.PlanHash == approval.Request.PlanHash) return ValueTask.FromResult<InvocationOutcome?>(null);

        // Of a plan the first step that differs says most.
        var pairs = approval.Request.Items.Zip(context.Items, (then, today) => (Then: then, Today: today)).Skip(context.Steps is null ? 0 : 1).ToList();
        var different = pairs.FindIndex(p => PlanHash.Of([p.Then]) != PlanHash.Of([p.Today]));
        var (approved, now) = different < 0 ? (approval.Request.Items[0], context.Item!) : pairs[different];
        var what = (context.Steps is null ? "" : $"of \"{approved.Title}\", ") + (!approved.Targets.SequenceEqual(now.Targets)
            ? $"it would now mean {string.Join(", ", now.Targets)} instead of {string.Join(", ", approved.Targets)}"
            : now.Risk != approved.Risk ? $"its risk is now {Word(now.Risk)} instead of {Word(approved.Risk)}"
            : "what would be done is not what the card showed any more");
        return ValueTask.FromResult<InvocationOutcome?>(context.Refuse(
            FailureCode.PlanDrifted, $"The approval is void: {what}. Nothing ran; ask again.", "what is approved is what runs"));
    }

    private static string Word(Risk risk) => risk.ToString().ToLowerInvariant();
}
