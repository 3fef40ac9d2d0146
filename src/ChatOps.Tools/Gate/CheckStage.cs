using System.Globalization;
using System.Text.Json;
using ChatOps.Fleet;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>
/// Looks after a change whether it had its effect, where its tool declares how: a reading call on each node that was changed, with the same rights and its own record.
/// What does not hold is no success, whatever the change itself said.
/// </summary>
internal sealed class CheckStage(StepRun looks) : IGateStage
{
    /// <summary>Nodes of one change that are looked at.</summary>
    public const int MaxNodes = 50;

    /// <summary>Nodes that are looked at together.</summary>
    private const int Together = 8;

    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        if (context.Result is not { Status: InvocationStatus.Done or InvocationStatus.Partial } result || context.Assessment!.Risk == Risk.Read || context.Manifest.PostCondition is not { } condition) return null;
        var asked = Changed(context.Call!, result).Select(node => (Node: node, Check: condition.Of(context.Call!, node))).Where(c => c.Check is not null).ToList();
        if (asked.Count == 0) return null;

        var reports = new List<CheckReport>();
        foreach (var chunk in asked.Take(MaxNodes).Select((c, i) => (c.Node, c.Check, Number: i + 1)).Chunk(Together))
            reports.AddRange(await Task.WhenAll(chunk.Select(c => LookAsync(context, condition.Says, c.Node, c.Check!, c.Number, asked.Count > 1, cancellationToken))));
        context.Result = With(result, CheckText.Of(reports, asked.Count - reports.Count), reports.All(r => r.Verdict == CheckVerdict.Failed));
        return null;
    }

    /// <summary>A look as a call of its own.</summary>
    /// <param name="of">The change, or the plan.</param>
    /// <param name="number">Which of its looks.</param>
    public static string IdOf(string of, int number) => string.Create(CultureInfo.InvariantCulture, $"{of}-check-{number}");

    private async Task<CheckReport> LookAsync(GateContext change, string says, NodeInfo? node, PostCheck check, int number, bool several, CancellationToken cancellationToken)
    {
        var what = several && node is not null ? $"{says}, on {node.Name}" : says;
        var request = change.Request with { Id = IdOf(change.Request.Id, number), Tool = check.Tool, Arguments = check.Arguments, IdempotencyKey = null, Why = null };
        var context = new GateContext(request) { CheckOf = change.Request.Id };
        try
        {
            return CheckText.Of(what, check.Expect, await looks.RunAsync(context, OnlyReads, NoProgress.Instance, cancellationToken));
        }
        catch (Exception e) when (e is StoreUnavailableException or DuplicateInvocationException || (e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // The change has happened; that nobody could look afterwards does not undo it.
            return CheckText.Of(what, check.Expect, context.Refuse(FailureCode.StoreUnavailable, e is OperationCanceledException ? "It was stopped." : "It could not be recorded, so it did not run."));
        }
    }

    /// <summary>Why a look may not run; null when it may.</summary>
    public static InvocationOutcome? OnlyReads(GateContext context) =>
        context.Assessment!.Risk == Risk.Read && !context.Need!.Asks ? null : context.Refuse(FailureCode.NotAllowed, "Looking would need an approval itself.", context.Need!.Rule);

    // On a node where the change itself did not succeed there is nothing to look for.
    private static IEnumerable<NodeInfo?> Changed(ToolCall call, ToolResult result)
    {
        if (call.Targets.Count == 0) return [null];
        if (result.Status == InvocationStatus.Done) return call.Targets;
        using var data = JsonDocument.Parse(result.DataJson);
        if (data.RootElement.ValueKind != JsonValueKind.Object || !data.RootElement.TryGetProperty("nodes", out var nodes)) return [];
        var ok = nodes.EnumerateArray().Where(n => n.GetProperty("outcome").GetString() == Run.OutcomeText.Word(Run.NodeOutcome.Ok)).Select(n => n.GetProperty("node").GetString()).ToHashSet(StringComparer.Ordinal);
        return [.. call.Targets.Where(t => ok.Contains(t.Name))];
    }

    private static ToolResult With(ToolResult result, CheckReport report, bool everywhere)
    {
        var failed = report.Verdict == CheckVerdict.Failed;
        return result with
        {
            Check = report,
            Status = !failed ? result.Status : everywhere && result.Status == InvocationStatus.Done ? InvocationStatus.Failed : InvocationStatus.Partial,
            Failure = failed && result.Failure == FailureCode.None ? FailureCode.ToolFailed : result.Failure,
            Summary = $"{result.Summary.TrimEnd().TrimEnd('.')}. {report.Text}",
            Message = new RichMessage([.. result.Message.Blocks, new TextBlock(PlainText.Escape(report.Text), failed ? Tone.Failed : report.Verdict == CheckVerdict.Verified ? Tone.Ok : Tone.Unknown)]),
        };
    }
}
