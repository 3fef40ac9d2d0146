using System.Globalization;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Secrets;

namespace ChatOps.Tools.Gate;

/// <summary>
/// Runs a plan: its steps in order, each an invocation with its own intent and outcome on record. It stops at the first that is not done, or that would not be what was
/// approved any more, and says what was not started. At the end the plan's own check runs.
/// </summary>
internal sealed class PlanRunStage(
    ResolveStage resolve, AuthoriseStage authorise, AssessStage assess, IntentStage intent, RunStage run, RedactStage redact, OutcomeStage outcome, IRedactor redactor) : IGateStage
{
    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        if (context.Steps is not { } steps) return null;
        var ends = new List<(PlannedCall Step, InvocationOutcome Outcome)>();
        foreach (var step in steps)
        {
            progress.Report($"Step {step.Item.Title}", ends.Count, steps.Count);
            var end = await StepAsync(context, step, progress, cancellationToken);
            ends.Add((step, end));
            CrashPoint.Hit("plan.step");
            if (end.Status != InvocationStatus.Done) break;
        }

        var done = ends.Count == steps.Count && ends[^1].Outcome.Status == InvocationStatus.Done;
        var check = done && context.Check is { } call ? await StepAsync(context, call, NoProgress.Instance, cancellationToken) : null;
        context.Result = Result(context, ends, done, check);
        return null;
    }

    private async Task<InvocationOutcome> StepAsync(GateContext plan, PlannedCall step, IToolProgress progress, CancellationToken cancellationToken)
    {
        var context = new GateContext(step.Request) { StepOf = plan.Approval is { } approval ? $"{plan.Request.Id}, approval {approval.Id}" : plan.Request.Id };
        foreach (var stage in (IGateStage[])[resolve, authorise, assess])
        {
            if (await stage.PassAsync(context, progress, cancellationToken) is { } refusal) return refusal;
        }

        if (Drift(step, context) is { } drift) return context.Refuse(FailureCode.PlanDrifted, drift, "what is approved is what runs");
        context.Need = step.Need with { Asks = false };
        foreach (var stage in (IGateStage[])[intent, run, redact, outcome])
        {
            if (await stage.PassAsync(context, progress, cancellationToken) is { } end) return end;
        }

        throw new InvalidOperationException("The last stage of a plan's step gave no answer.");
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
        var (word, checkedAs) = Checked(context, done, check);
        var rows = steps.Select((s, i) => (IReadOnlyList<string>)[s.Item.Title, i < ends.Count ? Word(ends[i].Outcome) : "not started", i < ends.Count ? ends[i].Outcome.Summary : ""]).ToList();
        var finished = ends.Count(e => e.Outcome.Status == InvocationStatus.Done);
        var summary = done
            ? string.Create(CultureInfo.InvariantCulture, $"All {steps.Count} steps are done. {checkedAs}")
            : string.Create(CultureInfo.InvariantCulture,
                $"{finished} of {steps.Count} steps done; it stopped at \"{ends[^1].Step.Item.Title}\": {ends[^1].Outcome.Summary} {NotStarted(steps, ends.Count)}").Trim();
        var blocks = new List<Block> { new TextBlock(PlainText.Escape(redactor.Redact(summary)), done && word != "failed" ? Tone.Ok : Tone.Failed), new TableBlock(["Step", "End", "What it says"], rows) };
        blocks.AddRange(ends.SelectMany(e => e.Outcome.Result?.Message.Blocks.Where(b => b is CodeBlock) ?? []));
        if (check?.Result is { } seen) blocks.AddRange(seen.Message.Blocks);
        var status = done ? word == "failed" ? InvocationStatus.Failed : InvocationStatus.Done
            : ends[^1].Outcome.Status == InvocationStatus.Unknown ? InvocationStatus.Unknown
            : finished > 0 ? InvocationStatus.Partial : InvocationStatus.Failed;
        var data = new { steps = ends.Select(e => new { invocation = e.Outcome.InvocationId, tool = e.Step.Item.Tool, status = Word(e.Outcome) }), notStarted = steps.Count - ends.Count, check = word };
        return new ToolResult(status, summary, new RichMessage(blocks), Json.Write(data), status == InvocationStatus.Done ? FailureCode.None : ends[^1].Outcome.Failure is var f && f != FailureCode.None ? f : FailureCode.ToolFailed);
    }

    private static (string Word, string Text) Checked(GateContext context, bool done, InvocationOutcome? check)
    {
        if (!done) return ("not run", "");
        if (check is null) return ("unverified", "Unverified: the plan names no check.");
        var title = context.Check!.Item.Title;
        if (check.Status is InvocationStatus.Failed or InvocationStatus.Partial) return ("failed", $"Check failed ({title}): {check.Summary}");
        if (check.Status != InvocationStatus.Done) return ("unverified", $"Unverified, the check could not be made ({title}): {check.Summary}");
        return context.Check.Step.Expect is { } words && !(Rendering.PlainMessage.Of(check.Result!.Message) + check.Summary).Contains(words, StringComparison.Ordinal)
            ? ("failed", $"Check failed ({title}): it does not say \"{words}\".")
            : ("verified", $"Verified ({title}).");
    }

    private static string NotStarted(IReadOnlyList<PlannedCall> steps, int begun) =>
        begun == steps.Count ? "" : $"Not started: {string.Join("; ", steps.Skip(begun).Select(s => s.Item.Title))}.";

    private static string Word(InvocationOutcome outcome) => outcome.Status.ToString().ToLowerInvariant();
}
