using ChatOps.Agent.Models.Costs;
using ChatOps.Agent.Models.Pool;
using ChatOps.Agent.Models.Wire;
using ChatOps.Configuration;
using ChatOps.Costs;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Models;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Agent.Models;

/// <summary>Registers the models.</summary>
public static class ModelsRegistration
{
    /// <summary>Adds them. Without an entry every step is refused with what to configure.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ConfigurationProblemsException">All that is wrong with the options.</exception>
    public static IServiceCollection AddModels(this IServiceCollection services, ModelsOptions options)
    {
        if (options.Problems() is { Count: > 0 } problems) throw new ConfigurationProblemsException(problems);
        return services.AddModelCheck(options)
            .AddSingleton<IBudgets, Budgets>()
            .AddSingleton<ModelMetrics>()
            .AddSingleton<CostLedger>()
            .AddSingleton<IRecoverySweep, UsageSweep>()
            .AddSingleton<ModelRuns>()
            .AddSingleton<BudgetButton>()
            .AddSingleton<IModels, ModelSteps>()
            .AddSingleton<IModelOpinion, ModelOpinion>()
            .AddSingleton<IModelSetup>(provider => provider.GetRequiredService<IModels>())
            .AddSingleton<IHealthPart, ModelsHealth>();
    }

    /// <summary>Adds what tries the models against their services, and nothing else: it needs no store.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The options, which were checked.</param>
    public static IServiceCollection AddModelCheck(this IServiceCollection services, ModelsOptions options) => services
        .AddSingleton(options)
        .AddSingleton(_ => PriceList.Load(options.PricesFile).Prices)
        .AddSingleton<Connections>()
        .AddSingleton<ConfiguredModels>()
        .AddSingleton<IModelCheck, ModelCheck>();
}
