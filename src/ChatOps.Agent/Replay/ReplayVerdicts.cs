using ChatOps.Agent.Turns;
using ChatOps.Agent.Turns.Loop;
using ChatOps.Agent.Turns.Steps;
using ChatOps.Models;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Agent.Replay;

/// <summary>What the gate did with a recorded call, and what it would do with one now. Nothing is run and nobody is asked.</summary>
internal sealed class ReplayVerdicts(IToolInvoker invoker, IToolCatalogue catalogue, IStore store)
{
    /// <summary>What was done with it.</summary>
    public async Task<ReplayedCall> BeforeAsync(RecordedCall recorded, CancellationToken cancellationToken)
    {
        var result = recorded.Result;
        var outcome = result?.InvocationId is { } id ? await store.ReadAsync(s => s.Invocations.Find(id), cancellationToken) : null;
        var ended = outcome?.OutcomeJson is { } json ? Json.Read<InvocationOutcome>(json) : null;
        var rule = ended?.Rule ?? "";
        var verdict = result?.Status is null ? ReplayVerdict.Refused
            : outcome?.ApprovalId is not null || rule.StartsWith(StandingPermission, StringComparison.Ordinal) ? ReplayVerdict.Asks
            : result.Status == InvocationStatus.Refused ? ReplayVerdict.Refused
            : ReplayVerdict.Runs;
        return new(recorded.Call.Name, RecordedTurn.Arguments(recorded.Call), verdict, result?.Status is null ? "no call that could be made" : rule, result is not null);
    }

    /// <summary>What would be done with it now.</summary>
    /// <param name="turn">The turn that it belongs to.</param>
    /// <param name="call">The call.</param>
    /// <param name="taintedBy">The outside text that was read before it.</param>
    /// <param name="recorded">Whether a result is there to be given back.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ReplayedCall> NowAsync(Turn turn, StepCall call, string? taintedBy, bool recorded, CancellationToken cancellationToken)
    {
        var (verdict, why) = await JudgeAsync(turn, call, taintedBy, cancellationToken);
        return new(call.Name, RecordedTurn.Arguments(call), verdict, why, recorded);
    }

    /// <summary>How the rule of a standing permission begins: without it there would have been a card, as a look at the rules says.</summary>
    private const string StandingPermission = "standing permission";

    private async Task<(ReplayVerdict Verdict, string Why)> JudgeAsync(Turn turn, StepCall call, string? taintedBy, CancellationToken cancellationToken)
    {
        if (call.Problem is { } problem) return (ReplayVerdict.Refused, problem);
        if (catalogue.Find(call.Name) is not { } manifest || !ToolFunctions.MayBeCalled(manifest)) return (ReplayVerdict.Refused, $"There is no function '{call.Name}'.");
        if (!CallArguments.TryRead(manifest, call.ArgumentsJson, out var values, out var wrong)) return (ReplayVerdict.Refused, wrong);
        var preview = await invoker.PreviewAsync(
            new InvocationRequest($"replay-{turn.Item.Id}", turn.Actor, call.Name, values, InvocationRequest.Agent) { Conversation = turn.Conversation, TaintedBy = taintedBy, IsNew = true }, cancellationToken);
        return preview.Refusal is { } refusal ? (ReplayVerdict.Refused, refusal.Rule ?? refusal.Summary)
            : preview.Need!.Asks ? (ReplayVerdict.Asks, preview.Need.Rule)
            : (ReplayVerdict.Runs, preview.Need.Rule);
    }
}
