namespace ChatOps.Models;

/// <summary>What a model makes of facts that the gateway has collected: one question without tools, whose answer is words and nothing else.</summary>
public interface IModelOpinion
{
    /// <summary>Asks.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="facts">The facts; told as data from outside.</param>
    /// <param name="principal">For whom: it counts towards their budget.</param>
    /// <param name="conversationId">Where it is asked; empty outside of a conversation.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The words, without secrets and deceiving characters; null when no model answers.</returns>
    Task<string?> AskAsync(string question, string facts, string principal, string conversationId, CancellationToken cancellationToken);
}
