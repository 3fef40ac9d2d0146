using ChatOps.Agent.Models;
using ChatOps.Agent.Turns.Loop;
using ChatOps.Identity;

namespace ChatOps.Agent.Turns;

/// <summary>Free text goes to the model where one is set up; a turn that a model began goes on with it. Without one, a hint names the closest command.</summary>
internal sealed class FreeText(IModels models, ModelTurn model, CommandHint hint) : IFreeText
{
    /// <inheritdoc/>
    public async Task<TurnEnd> AnswerAsync(RunningTurn running, Turn turn, Principal principal) =>
        models.Any ? await model.RunAsync(running, turn, principal)
        : turn.IsQuiet ? new TurnEnd(Storage.InboxState.Failed, "No model is configured.", null)
        : TurnEnd.Done("answered", hint.Answer(turn, principal));
}
