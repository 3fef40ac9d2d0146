using ChatOps.Models;

namespace ChatOps.Agent.Models;

/// <summary>The models that are configured. Whoever asks sees one model: endpoints, retries, fallbacks, counting and budgets are behind it.</summary>
internal interface IModels : IModelSetup
{
    /// <summary>The names of the models, as configured and without repetition.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>One step of a model.</summary>
    /// <param name="request">What is asked, by whom.</param>
    /// <param name="onText">Gets the text as it comes. A text that was begun is never begun again: what it got is always the beginning of the message that is answered.</param>
    /// <param name="cancellationToken">Ends the step; the connection is closed at once.</param>
    /// <returns>The whole message.</returns>
    /// <exception cref="ModelException">There is no answer; the message says why and what to do.</exception>
    Task<ModelStep> StepAsync(ModelRequest request, Action<string> onText, CancellationToken cancellationToken);

    /// <summary>What a model and those that are asked after it can all hold; null for the one that is used by default.</summary>
    ModelLimits LimitsOf(string? model);
}
