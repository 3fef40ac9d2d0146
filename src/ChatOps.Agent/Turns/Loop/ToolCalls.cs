using ChatOps.Agent.Turns.Steps;
using ChatOps.Configuration;
using ChatOps.Policy;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns.Loop;

/// <summary>
/// Makes the calls of one message of a model. Whatever is wrong with a call, its result says so. Calls that read run together; one that changes runs alone, in its
/// place, and nothing that changes begins behind one that was not done.
/// </summary>
internal sealed class ToolCalls(IToolInvoker invoker, IToolCatalogue catalogue, ToolResultText texts, AgentOptions options, TimeProvider time)
{
    /// <summary>How long stopped calls may take to end, before the turn goes on without their results.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    /// <summary>Longest reason that a card shows.</summary>
    private const int MaxWhy = 500;

    /// <summary>Makes every call that has no result yet.</summary>
    /// <param name="running">The turn, so that it can be stopped.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="log">Where the results go.</param>
    /// <param name="progress">Shows their output.</param>
    /// <returns>The first invocation that waits for people; null when every call has its result.</returns>
    public async Task<InvocationOutcome?> RunAsync(RunningTurn running, Turn turn, StepLog log, IToolProgress progress)
    {
        var (number, message) = log.Last!.Value;
        var plans = new List<CallPlan>();
        for (var i = 0; i < message.Calls.Count; i++) plans.Add(Plan(turn, log, message, number + 1 + i, i));
        foreach (var plan in plans.Where(p => p.Refusal is not null && !log.Has(p.Number))) await log.AddAsync(plan.Number, new ToolStepData(plan.Call.Id, plan.Call.Name, plan.Refusal!));

        var open = plans.Where(p => p.Request is not null).ToList();
        var reads = await ReadsAsync(open, log, running.Token);
        InvocationOutcome? waiting = null;
        for (var i = 0; i < open.Count;)
        {
            running.ThrowIfStopped();
            var together = reads.Contains(open[i]) ? open.Skip(i).TakeWhile(reads.Contains).Take(options.MaxParallelCalls).ToList() : [open[i]];
            i += together.Count;
            var missing = together.Where(p => !log.Has(p.Number)).ToList();
            if (missing.Count == 0) continue;
            if (!reads.Contains(missing[0]))
            {
                // What changes waits for what was asked before it.
                if (waiting is not null) return waiting;
                if (Undone(log, number, missing[0]) is { } before)
                {
                    await log.AddAsync(missing[0].Number, new ToolStepData(missing[0].Call.Id, missing[0].Call.Name, $"Not started: {before} before it was not done. Nothing ran."));
                    continue;
                }
            }

            waiting ??= (await TogetherAsync(running, missing, log, progress)).FirstOrDefault(o => o?.Status == InvocationStatus.Waiting);
        }

        return waiting;
    }

    private CallPlan Plan(Turn turn, StepLog log, ModelStepData message, int number, int index)
    {
        var call = message.Calls[index];
        if (Problem(log, call, index, out var manifest, out var values) is { } problem) return new(number, call, manifest, null, problem);
        var why = message.Text.Trim();
        return new(number, call, manifest, new InvocationRequest($"{turn.Item.Id}-{number}", turn.Actor, call.Name, values!, InvocationRequest.Agent)
        {
            Conversation = turn.Conversation,
            InboxId = turn.Item.Id,
            Why = why.Length == 0 ? null : why.Length <= MaxWhy ? why : Rendering.TextSplitter.Split(why, MaxWhy, static t => t.Length, fenced: false)[0] + "…",
            TaintedBy = message.TaintedBy,
        }, null);
    }

    private string? Problem(StepLog log, StepCall call, int index, out ToolManifest? manifest, out IReadOnlyDictionary<string, string>? values)
    {
        values = null;
        manifest = catalogue.Find(call.Name);
        if (call.Problem is { } unreadable) return unreadable;
        if (index >= options.MaxCallsPerStep) return $"Not called: one message may make {options.MaxCallsPerStep} calls (MaxCallsPerStep). Make it with the next message.";
        if (manifest is null || !ToolFunctions.MayBeCalled(manifest) && !manifest.NeverAsks)
        {
            var near = NearestName.Of(call.Name, catalogue.All.Where(ToolFunctions.MayBeCalled).Select(m => m.Name));
            return $"There is no function '{call.Name}'. Nothing was called." + (near is null ? "" : $" Did you mean '{near}'?");
        }

        if (!CallArguments.TryRead(manifest, call.ArgumentsJson, out values, out var problem)) return $"Nothing was called. {problem}";
        return TurnBound.SameBefore(log.Messages, index) >= options.MaxSameCalls
            ? $"Not called: exactly this was called {options.MaxSameCalls} times in this turn already (MaxSameCalls), and its results stand above. Answer with what you know, or do something else."
            : null;
    }

    // Only where there is more than one is the order a question.
    private async Task<HashSet<CallPlan>> ReadsAsync(List<CallPlan> open, StepLog log, CancellationToken cancellationToken)
    {
        if (open.Count < 2) return [];
        var previews = await Task.WhenAll(open.Where(p => !log.Has(p.Number)).Select(async p => (Plan: p, Preview: await invoker.PreviewAsync(p.Request!, cancellationToken))));
        return [.. previews.Where(p => p.Preview.Refusal is not null || p.Preview.Item!.Risk == Risk.Read).Select(p => p.Plan)];
    }

    private static string? Undone(StepLog log, int message, CallPlan plan) => log.All
        .Where(s => s.Kind == Storage.TurnStepKind.Tool && s.Number > message && s.Number < plan.Number).Select(StepText.Tool)
        .FirstOrDefault(r => r is { Status: not (null or InvocationStatus.Done), Risk: not (null or Risk.Read) }) is { } result ? result.Title ?? result.Tool : null;

    private async Task<IReadOnlyList<InvocationOutcome?>> TogetherAsync(RunningTurn running, List<CallPlan> plans, StepLog log, IToolProgress progress)
    {
        var calls = plans.Select(p => CallAsync(running, p, log, progress)).ToList();
        var all = Task.WhenAll(calls);
        try
        {
            return await all.WaitAsync(running.Token);
        }
        catch (OperationCanceledException) when (running.Token.IsCancellationRequested)
        {
            // Stopped: what they became is recorded and told, as far as they say it soon.
            await Task.WhenAny(all, Task.Delay(StopTime, time, CancellationToken.None));
            throw;
        }
    }

    private async Task<InvocationOutcome?> CallAsync(RunningTurn running, CallPlan plan, StepLog log, IToolProgress progress)
    {
        var outcome = await invoker.InvokeAsync(plan.Request!, progress, running.Calls);
        // An earlier attempt of this turn may have left it running.
        if (outcome.Status == InvocationStatus.Running) outcome = await invoker.WaitAsync(plan.Request!.Id, running.Token) ?? outcome;
        if (outcome.Status is InvocationStatus.Waiting or InvocationStatus.Running) return outcome;
        var (text, outside) = await texts.OfAsync(outcome, plan.Manifest, CancellationToken.None);
        await log.AddAsync(plan.Number, new ToolStepData(plan.Call.Id, plan.Call.Name, text)
        {
            InvocationId = outcome.InvocationId,
            Status = outcome.Status,
            Risk = outcome.Risk,
            Title = outcome.Title,
            Outside = outside,
            AuditId = outcome.AuditId,
            Check = outcome.Result?.Check?.Verdict,
        });
        return outcome;
    }

    private sealed record CallPlan(int Number, StepCall Call, ToolManifest? Manifest, InvocationRequest? Request, string? Refusal);
}
