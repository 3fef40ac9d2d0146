using ChatOps.Agent.Models.Pool;
using ChatOps.Agent.Models.Wire;
using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Models;

/// <summary>Asks the chosen model first, then the fallbacks in their order.</summary>
internal sealed partial class ModelSteps(ConfiguredModels models, ModelRuns runs, ILogger<ModelSteps> log) : IModels
{
    /// <inheritdoc/>
    public bool Any => models.Pools.Count > 0;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => models.Names;

    /// <inheritdoc/>
    public ModelLimits LimitsOf(string? model)
    {
        // Whoever of the chain answers gets the same conversation: it must fit into the smallest of them.
        var chain = models.Chain(model);
        return new(chain.Min(m => m.Limits.ContextTokens), chain.Min(m => m.Limits.OutputTokens));
    }

    /// <inheritdoc/>
    public async Task<ModelStep> StepAsync(ModelRequest request, Action<string> onText, CancellationToken cancellationToken)
    {
        var chain = models.Chain(request.Model);
        var text = new ShownText(onText);
        for (var i = 0; ; i++)
        {
            try
            {
                return await runs.RunAsync(chain[i], request, text, cancellationToken);
            }
            catch (EndpointException e) when (e.CanFallBack && i + 1 < chain.Count)
            {
                LogFallback(chain[i].Name, chain[i + 1].Name, e.Failure, e.Code);
            }
            catch (ModelException e) when (e.Failure == ModelFailure.Overloaded && i + 1 < chain.Count)
            {
                LogFallback(chain[i].Name, chain[i + 1].Name, e.Failure, "waiting");
            }
            catch (EndpointException e)
            {
                throw new ModelException(e.Failure, e.Message);
            }
        }
    }
}
