using ChatOps.Agent.Models.Pool;
using ChatOps.Agent.Models.Wire;
using ChatOps.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Agent.Models;

/// <summary>Registers the models.</summary>
internal static class ModelsRegistration
{
    /// <summary>Adds them. Without an entry every step is refused with what to configure.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ConfigurationProblemsException">All that is wrong with the options.</exception>
    public static IServiceCollection AddModels(this IServiceCollection services, ModelsOptions options)
    {
        if (options.Problems() is { Count: > 0 } problems) throw new ConfigurationProblemsException(problems);
        return services
            .AddSingleton(options)
            .AddSingleton<Connections>()
            .AddSingleton<ModelRuns>()
            .AddSingleton<ConfiguredModels>()
            .AddSingleton<IModels>(provider => provider.GetRequiredService<ConfiguredModels>());
    }
}
