using ChatOps.Identity;

namespace ChatOps.Agent.Turns;

/// <summary>Answers what is no command: a model's turn where a model is set up, a hint otherwise.</summary>
internal interface IFreeText
{
    /// <summary>Answers.</summary>
    /// <param name="running">The turn, so that it can be stopped.</param>
    /// <param name="turn">The turn with the words that it answers: the message's, or those that were heard in it.</param>
    /// <param name="principal">Who wrote.</param>
    Task<TurnEnd> AnswerAsync(RunningTurn running, Turn turn, Principal principal);
}
