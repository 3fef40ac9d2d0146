using ChatOps.Agent.Context;
using ChatOps.Agent.Models;
using ChatOps.Agent.Models.Costs;
using ChatOps.Costs;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Turns.Loop;

/// <summary>
/// A turn that a model leads: it is asked, its message is stored, its calls go through the gate, their results are stored, and it is asked again, until it answers or a
/// bound is reached. Everything it knows is in the store: begun again, after a crash or an approval, it goes on behind the last stored step.
/// </summary>
internal sealed class ModelTurn(
    TurnStore store, IModels models, ITurnContext context, ToolFunctions functions, ModelMessage reader, ToolCalls calls, WorkingMessages working, AgentOptions options, BudgetButton button, TimeProvider time)
{
    /// <summary>Sources named on a card.</summary>
    private const int MaxSources = 3;

    /// <summary>Runs it to its end, or until it waits for people.</summary>
    public async Task<TurnEnd> RunAsync(RunningTurn running, Turn turn, Principal principal)
    {
        var (joined, stored) = await store.OpenAsync(turn);
        if (joined is null) return Lost;
        turn = turn with { Item = turn.Item with { Context = joined } };
        var log = new StepLog(store, turn, stored, time);
        if (joined.Pause is { IsOver: true } over)
            return Ended(turn, principal, log, new TurnEnd(InboxState.Cancelled, "budget not raised", ModelAnswer.Ended(BudgetTexts.Ended(over), log, Tone.Refused)));
        await using var message = working.Start(turn, TurnTexts.Thinking(turn.Item));
        TurnEnd end;
        try
        {
            end = await LoopAsync(running, turn, principal, log, message);
        }
        catch (LeaseLostException)
        {
            return Lost;
        }
        catch (OperationCanceledException) when (running.StoppedBy is { } by)
        {
            end = new TurnEnd(InboxState.Cancelled, "stopped", ModelAnswer.Ended($"Stopped by {by}.", log, Tone.Refused));
        }
        catch (ModelException e)
        {
            end = e.Failure == ModelFailure.OverBudget && !turn.IsQuiet
                ? await PausedAsync(turn, principal, e, log)
                : new TurnEnd(InboxState.Failed, $"model {e.Failure.ToString().ToLowerInvariant()}", ModelAnswer.Ended(e.Message, log, Tone.Failed));
        }
        catch (ContextException e)
        {
            end = new TurnEnd(InboxState.Failed, "context", ModelAnswer.Ended(e.Message, log, Tone.Failed));
        }

        if (turn.IsQuiet) end = QuietEnd.Of(turn, end, log);
        return Ended(turn, principal, log, end) with { WorkingMessage = await message.StopAsync() };
    }

    private static TurnEnd Ended(Turn turn, Principal principal, StepLog log, TurnEnd end) =>
        end with { Continues = true, Record = end.State == InboxState.Suspended ? null : TurnRecord.Of(turn, principal, log, end.Outcome!) };

    // It lies down with all that it knows in the store: no thread and no timer waits for the budget.
    private async Task<TurnEnd> PausedAsync(Turn turn, Principal principal, ModelException over, StepLog log)
    {
        var pause = new BudgetPause(principal.Id, over.Needed, time.GetUtcNow() + options.BudgetWait);
        var said = ModelAnswer.Ended($"{over.Message} {BudgetTexts.Waits(pause.Until)}", log, Tone.Waiting);
        if (await button.ForAsync(over, turn.Item.Id, turn.Conversation.Id, CancellationToken.None) is { } actions) said = new RichMessage([.. said.Blocks, actions]);
        return new TurnEnd(InboxState.Suspended, null, said) { WaitsFor = BudgetPause.WaitsFor(turn.Item.Id), Pause = pause };
    }

    private static TurnEnd Lost => TurnEnd.Done("lost", null);

    private async Task<TurnEnd> LoopAsync(RunningTurn running, Turn turn, Principal principal, StepLog log, WorkingMessage message)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (log.Last is { } last)
            {
                if (last.Data.Calls.Count == 0) return TurnEnd.Done("answered", ModelAnswer.Of(log, null));
                if (await calls.RunAsync(running, turn, log, message) is { } waiting)
                    return new TurnEnd(InboxState.Suspended, null, ModelAnswer.Waiting(log)) { WaitsFor = waiting.InvocationId, OnlyIfWorking = true };
            }

            running.ThrowIfStopped();
            if (TurnBound.Reached(log, time.GetElapsedTime(began), options) is { } bound) return TurnEnd.Done("ended at a bound", ModelAnswer.Of(log, bound));
            if (await StepAsync(running, turn, principal, log, message, options.MaxTurnTime - time.GetElapsedTime(began)) is { } late) return late;
        }
    }

    private async Task<TurnEnd?> StepAsync(RunningTurn running, Turn turn, Principal principal, StepLog log, WorkingMessage message, TimeSpan left)
    {
        var messages = await context.BuildAsync(turn, principal, log.All, running.Token);
        var request = new ModelRequest(null, messages, functions.For(principal), new ModelPayer(principal.Id, turn.Conversation.Id, turn.Schedule)) { KeepsCost = true };
        using var limit = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(running.Token, limit.Token);
        message.BeginText();
        try
        {
            var step = await models.StepAsync(request, message.Say, either.Token);
            await log.AddAsync(reader.Read(step, Taint(turn, log, messages)), step.Cost);
            return null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !running.Token.IsCancellationRequested)
        {
            return TurnEnd.Done("ended at a bound", ModelAnswer.Of(log, TurnBound.Reached(log, options.MaxTurnTime, options)));
        }
    }

    // What the model had before its eyes: results of this turn, what was said before, and words that were heard and may be somebody else's.
    private static string? Taint(Turn turn, StepLog log, IReadOnlyList<ChatMessage> messages)
    {
        var sources = log.Results.Select(r => r.Outside).OfType<string>().Distinct(StringComparer.Ordinal).TakeLast(MaxSources).ToList();
        if (turn.Heard is not null) sources.Add("a voice note");
        if (turn.Finding is not null) sources.Add("what a check found");
        if (sources.Count == 0 && messages.Where(m => m.Role != ChatRole.System).SelectMany(Texts).Select(OutsideText.SourceIn).FirstOrDefault(s => s is not null) is { } earlier)
            sources.Add($"earlier in this conversation: {earlier}");
        return sources.Count == 0 ? null : string.Join("; ", sources);
    }

    private static IEnumerable<string> Texts(ChatMessage message) =>
        message.Contents.Select(c => c switch { TextContent text => text.Text, FunctionResultContent result => result.Result?.ToString() ?? "", _ => "" });
}
