namespace ChatOps.Models;

/// <summary>Tries the configured models against their services, as cheaply as the service allows: by its list of models, else by a request for one word.</summary>
public interface IModelCheck
{
    /// <summary>Tries every endpoint.</summary>
    Task<IReadOnlyList<ModelFinding>> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Asks the first endpoint for a few words, as a person would: whether the model really answers, and what. This costs what a short answer costs.</summary>
    Task<ModelFinding> AskAsync(CancellationToken cancellationToken);
}
