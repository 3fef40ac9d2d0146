using ChatOps.Configuration;
using ChatOps.Diagnostics;
using ChatOps.Fleet.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatOps.Fleet;

/// <summary>Registers the machines where tools act.</summary>
public static class FleetRegistration
{
    /// <summary>
    /// Adds <see cref="INodes"/> with the gateway's own machine, and the health part <c>nodes</c>. Needs <see cref="IExecutor"/> and
    /// <see cref="INodeFacts"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The section <c>Fleet</c>.</param>
    /// <exception cref="ConfigurationProblemsException">With everything that is wrong with the options.</exception>
    public static IServiceCollection AddFleet(this IServiceCollection services, FleetOptions options)
    {
        if (options.Problems() is { Count: > 0 } problems) throw new ConfigurationProblemsException(problems);
        services.TryAddSingleton(TimeProvider.System);
        if (options.LocalNode.Enabled)
        {
            services.AddSingleton(options.LocalNode);
            services.AddSingleton<INodeConnection, LocalNode>();
        }

        services.AddSingleton<INodes, FleetNodes>();
        services.AddSingleton<IHealthPart, NodesHealth>();
        return services;
    }
}
