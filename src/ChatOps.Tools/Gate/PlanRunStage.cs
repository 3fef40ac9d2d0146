using System.Globalization;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Secrets;

namespace ChatOps.Tools.Gate;

/// <summary>
/// Runs a plan: its steps in order, each an invocation with its own intent and outcome on record. It stops at the first that is not done, or that would not be what was
/// approved any more, and says what was not started. At the end the plan's own check runs. A plan that a process which is gone had begun goes on behind its last step:
/// what has an end on record is not run again, and one whose end nobody knows is not repeated.
/// </summary>
internal sealed class PlanRunStage(StepRun stepRun, StepRun looks, EarlierInvocations earlier, IRedactor redactor) : IGateStage
{
    /// <summary>How often a check that a restart cut off is made again.</summary>
    private const int MaxLooks = 5;

    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        if (context.Steps is not { } steps) return null;
        var ends = new List<(PlannedCall Step, InvocationOutcome Outcome)>();
        foreach (var step in steps)
        {
            progress.Report($"Step {step.Item.Title}", ends.Count, steps.Count);
            var end = await StepAsync(context, step, progress, cancellationToken);
            if (end.Status == InvocationStatus.Running) return context.Leave();
            ends.Add((step, end));
            CrashPoint.Hit("plan.step");
            if (end.Status != InvocationStatus.Done) break;
        }

        var done = ends.Count == steps.Count && ends[^1].Outcome.Status == InvocationStatus.Done;
        var check = done && context.Check is { } call ? await CheckAsync(context, call, cancellationToken) : null;
        if (check?.Status == InvocationStatus.Running) return context.Leave();
        if (check is not null) CrashPoint.Hit("plan.checked");
        context.Result = Result(context, ends, done, check);
        return null;
    }

    private async Task<InvocationOutcome> StepAsync(GateContext plan, PlannedCall step, IToolProgress progress, CancellationToken cancellationToken)
    {
        if (plan.Earlier is not null && await earlier.WaitAsync(step.Request.Id, progress, cancellationToken) is { } known) return known;
        return await stepRun.RunAsync(Context(plan, step.Request), context => MayRun(plan, step, context), progress, cancellationToken);
    }

    private async Task<InvocationOutcome> CheckAsync(GateContext plan, PlannedCall check, CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            var id = CheckStage.IdOf(plan.Request.Id, number);
            if (plan.Earlier is not null && await earlier.WaitAsync(id, NoProgress.Instance, cancellationToken) is { } known)
            {
                // It only reads: what was cut off is looked at again.
                if (known.Failure == FailureCode.Interrupted && number < MaxLooks) continue;
                return known;
            }

            return await looks.RunAsync(
                Context(plan, check.Request with { Id = id }, plan.Request.Id), context => CheckStage.OnlyReads(context) ?? MayRun(plan, check, context), NoProgress.Instance, cancellationToken);
        }
    }

    private static GateContext Context(GateContext plan, InvocationRequest request, string? checkOf = null) =>
        new(request) { StepOf = plan.Approval is { } approval ? $"{plan.Request.Id}, approval {approval.Id}" : plan.Request.Id, CheckOf = checkOf, AllowedBy = plan.Approval?.Id ?? plan.Grant?.Id };

    private static InvocationOutcome? MayRun(GateContext plan, PlannedCall step, GateContext context)
    {
        // A plan that asked nobody has no card that its steps could be held against after a restart; then each must still be one that asks nobody.
        if (plan is { Approval: null, Earlier: not null })
            return context.Need!.Asks ? context.Refuse(FailureCode.PlanDrifted, "After the restart it would ask people, and nobody was asked. It did not run.", context.Need.Rule) : null;
        if (Drift(step, context) is { } drift) return context.Refuse(FailureCode.PlanDrifted, drift, "what is approved is what runs");
        context.Need = step.Need with { Asks = false };
        return null;
    }

    // A step may change what a later one would do: two edits of one file. Then what would run is not what was approved.
    private static string? Drift(PlannedCall approved, GateContext now)
    {
        var item = now.Item!;
        var was = approved.Item;
        if (!was.Targets.SequenceEqual(item.Targets)) return $"It would now mean {string.Join(", ", item.Targets)} instead of {string.Join(", ", was.Targets)}. It did not run.";
        return item.Preview != was.Preview || item.ArgumentsJson != was.ArgumentsJson || item.Risk != was.Risk || !was.RunsAs.OrderBy(r => r.Key).SequenceEqual(item.RunsAs.OrderBy(r => r.Key))
            ? "What it would do is not what the card showed any more. It did not run."
            : null;
    }

    private ToolResult Result(GateContext context, List<(PlannedCall Step, InvocationOutcome Outcome)> ends, bool done, InvocationOutcome? check)
    {
        var steps = context.Steps!;
        var report = done ? Checked(context, ends, check) : null;
        var word = report?.Verdict.ToString().ToLowerInvariant() ?? "not run";
        var rows = steps.Select((s, i) => (IReadOnlyList<string>)[s.Item.Title, i < ends.Count ? Word(ends[i].Outcome) : "not started", i < ends.Count ? ends[i].Outcome.Summary : ""]).ToList();
        var finished = ends.Count(e => e.Outcome.Status == InvocationStatus.Done);
        var summary = done
            ? string.Create(CultureInfo.InvariantCulture, $"All {steps.Count} steps are done. {report!.Text}")
            : string.Create(CultureInfo.InvariantCulture,
                $"{finished} of {steps.Count} steps done; it stopped at \"{ends[^1].Step.Item.Title}\": {ends[^1].Outcome.Summary} {NotStarted(steps, ends.Count)}").Trim();
        var blocks = new List<Block> { new TextBlock(PlainText.Escape(redactor.Redact(summary)), done && word != "failed" ? Tone.Ok : Tone.Failed), new TableBlock(["Step", "End", "What it says"], rows) };
        blocks.AddRange(ends.SelectMany(e => e.Outcome.Result?.Message.Blocks.Where(b => b is CodeBlock) ?? []));
        if (check?.Result is { } seen) blocks.AddRange(seen.Message.Blocks);
        var status = done ? word == "failed" ? InvocationStatus.Failed : InvocationStatus.Done
            : ends[^1].Outcome.Status == InvocationStatus.Unknown ? InvocationStatus.Unknown
            : finished > 0 ? InvocationStatus.Partial : InvocationStatus.Failed;
        var data = new { steps = ends.Select(e => new { invocation = e.Outcome.InvocationId, tool = e.Step.Item.Tool, status = Word(e.Outcome) }), notStarted = steps.Count - ends.Count, check = word };
        return new ToolResult(status, summary, new RichMessage(blocks), Json.Write(data), status == InvocationStatus.Done ? FailureCode.None : ends[^1].Outcome.Failure is var f && f != FailureCode.None ? f : FailureCode.ToolFailed)
        {
            Check = report,
        };
    }

    private static CheckReport Checked(GateContext context, List<(PlannedCall Step, InvocationOutcome Outcome)> ends, InvocationOutcome? check)
    {
        if (check is not null) return CheckText.Of(context.Check!.Item.Title, context.Check.Step.Expect, check);
        return ends.Where(e => e.Step.Item.Risk != Risk.Read).All(e => e.Outcome.Result?.Check?.Verdict == CheckVerdict.Verified)
            ? new(CheckVerdict.Verified, "Verified, each step by itself; the plan names no check.")
            : new(CheckVerdict.Unverified, "Unverified: the plan names no check.");
    }

    private static string NotStarted(IReadOnlyList<PlannedCall> steps, int begun) =>
        begun == steps.Count ? "" : $"Not started: {string.Join("; ", steps.Skip(begun).Select(s => s.Item.Title))}.";

    private static string Word(InvocationOutcome outcome) => outcome.Status.ToString().ToLowerInvariant();
}
