using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Agent.Turns;

/// <summary>Answers what is no command. Without a model there is one implementation; a model's loop will be the other.</summary>
internal interface IFreeText
{
    /// <summary>Answers.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="principal">Who wrote.</param>
    /// <param name="cancellationToken">Cancelled by <c>/stop</c> and at shutdown.</param>
    Task<RichMessage> AnswerAsync(Turn turn, Principal principal, CancellationToken cancellationToken);
}
