using ChatOps.Agent.Models.Pool;
using ChatOps.Agent.Models.Wire;
using ChatOps.Configuration;
using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Models;

/// <summary>The models of the configuration: the chosen one first, then the fallbacks in their order.</summary>
internal sealed partial class ConfiguredModels : IModels, IDisposable
{
    private readonly ModelsOptions options;
    private readonly ModelRuns runs;
    private readonly List<ModelPool> pools;
    private readonly ILogger<ConfiguredModels> log;

    /// <summary>Makes them. Nothing is connected yet.</summary>
    public ConfiguredModels(ModelsOptions options, Connections connections, ModelRuns runs, TimeProvider time, ILogger<ConfiguredModels> log)
    {
        (this.options, this.runs, this.log) = (options, runs, log);
        pools = [.. options.Endpoints.GroupBy(e => e.Name, StringComparer.Ordinal)
            .Select(g => new ModelPool(g.Key, [.. g.Select(e => new ModelEndpoint(e, options, connections, time))], options.MaxWaiting))];
        Names = [.. pools.Select(p => p.Name)];
    }

    /// <inheritdoc/>
    public bool Any => pools.Count > 0;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The models with their endpoints.</summary>
    public IReadOnlyList<ModelPool> Pools => pools;

    /// <inheritdoc/>
    public ModelLimits LimitsOf(string? model) => Find(model).Limits;

    /// <inheritdoc/>
    public async Task<ModelStep> StepAsync(ModelRequest request, Action<string> onText, CancellationToken cancellationToken)
    {
        var first = Find(request.Model);
        var chain = options.Fallbacks.Where(f => f != first.Name).Select(Find).Prepend(first).ToList();
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
            catch (EndpointException e)
            {
                throw new ModelException(e.Failure, e.Message);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pool in pools) pool.Dispose();
    }

    private ModelPool Find(string? model)
    {
        if (pools.Count == 0) throw new ModelException(ModelFailure.NotConfigured, "No model is configured. Add one under Models in appsettings.json (docs/models.md), or use commands: /help.");
        var name = model ?? options.Default ?? pools[0].Name;
        return pools.Find(p => p.Name == name) ?? throw new ModelException(
            ModelFailure.NotConfigured, $"There is no model '{name}'; there is {string.Join(", ", Names)}." + (NearestName.Of(name, Names) is { } near ? $" Did you mean '{near}'?" : ""));
    }
}
