using ChatOps.Agent.Models.Pool;
using ChatOps.Agent.Models.Wire;
using ChatOps.Configuration;

namespace ChatOps.Agent.Models;

/// <summary>The models of the configuration with their endpoints.</summary>
internal sealed class ConfiguredModels : IDisposable
{
    private readonly ModelsOptions options;
    private readonly List<ModelPool> pools;

    /// <summary>Makes them. Nothing is connected yet.</summary>
    public ConfiguredModels(ModelsOptions options, Connections connections, TimeProvider time)
    {
        this.options = options;
        pools = [.. options.Endpoints.GroupBy(e => e.Name, StringComparer.Ordinal)
            .Select(g => new ModelPool(g.Key, [.. g.Select(e => new ModelEndpoint(e, options, connections, time))], options.MaxWaiting))];
        Names = [.. pools.Select(p => p.Name)];
    }

    /// <summary>The names, in the order of the configuration.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The models with their endpoints.</summary>
    public IReadOnlyList<ModelPool> Pools => pools;

    /// <summary>A model, or the one that is used by default; and those that are asked after it.</summary>
    public IReadOnlyList<ModelPool> Chain(string? model)
    {
        var first = Find(model);
        return [first, .. options.Fallbacks.Where(f => f != first.Name).Select(Find)];
    }

    /// <summary>A model, or the one that is used by default.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public ModelPool Find(string? model)
    {
        if (pools.Count == 0) throw new ModelException(ModelFailure.NotConfigured, "No model is configured. Add one under Models in appsettings.json (docs/models.md), or use commands: /help.");
        var name = model ?? options.Default ?? pools[0].Name;
        return pools.Find(p => p.Name == name) ?? throw new ModelException(
            ModelFailure.NotConfigured, $"There is no model '{name}'; there is {string.Join(", ", Names)}." + (NearestName.Of(name, Names) is { } near ? $" Did you mean '{near}'?" : ""));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pool in pools) pool.Dispose();
    }
}
