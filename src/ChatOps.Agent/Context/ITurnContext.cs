using ChatOps.Agent.Turns;
using ChatOps.Identity;
using ChatOps.Storage;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Context;

/// <summary>What a model is told before each of its steps.</summary>
internal interface ITurnContext
{
    /// <summary>Builds it anew from the store: who and where, what waits and runs now, the conversation so far, and this turn.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="principal">Who wrote, with the roles in force now.</param>
    /// <param name="steps">What this turn has done so far, in order.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ContextException">It cannot be built, for a reason that people can mend: the message says which file or setting.</exception>
    Task<IReadOnlyList<ChatMessage>> BuildAsync(Turn turn, Principal principal, IReadOnlyList<TurnStep> steps, CancellationToken cancellationToken);
}
