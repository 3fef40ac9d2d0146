using ChatOps.Agent.Context;
using ChatOps.Agent.Models;
using ChatOps.Agent.Turns.Loop;
using ChatOps.Agent.Turns.Steps;
using ChatOps.Identity;
using ChatOps.Models;
using ChatOps.Storage;

namespace ChatOps.Agent.Replay;

/// <summary>Asks a model the recorded turn again: the same loop, with recorded results in the place of calls.</summary>
internal sealed class ReplayModel(IModels models, ITurnContext context, ToolFunctions functions, ModelMessage reader, ReplayVerdicts verdicts, AgentOptions options, TimeProvider time)
{
    /// <summary>Asks it.</summary>
    /// <param name="turn">The recorded turn; everything before it is told as it was recorded.</param>
    /// <param name="principal">Who asked then.</param>
    /// <param name="model">The model.</param>
    /// <param name="payer">Who pays.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its calls and its answer.</returns>
    public async Task<(IReadOnlyList<ReplayedCall> Calls, string Answer)> AskAsync(RecordedTurn turn, Principal principal, string model, ModelPayer payer, CancellationToken cancellationToken)
    {
        var steps = new List<TurnStep>();
        var calls = new List<ReplayedCall>();
        string? taint = null;
        for (var asked = 0; ; asked++)
        {
            var messages = await context.BuildAsync(turn.Turn, principal, steps, cancellationToken);
            if (asked == options.MaxSteps) return (calls, $"[no answer within {options.MaxSteps} steps]");
            var step = await models.StepAsync(new ModelRequest(model, messages, functions.For(principal), payer), static _ => { }, cancellationToken);
            var message = reader.Read(step, taint);
            steps.Add(StepText.Write(turn.Turn.Item.Id, steps.Count + 1, message, time.GetUtcNow()));
            if (message.Calls.Count == 0) return (calls, message.Text);
            foreach (var call in message.Calls)
            {
                var known = turn.Take(call);
                calls.Add(await verdicts.NowAsync(turn.Turn, call, message.TaintedBy, known is not null, cancellationToken));
                steps.Add(StepText.Write(turn.Turn.Item.Id, steps.Count + 1, known is null ? new ToolStepData(call.Id, call.Name, RecordedTurn.NotRecorded) : known with { CallId = call.Id }, time.GetUtcNow()));
                taint = known?.Outside ?? taint;
            }
        }
    }
}
