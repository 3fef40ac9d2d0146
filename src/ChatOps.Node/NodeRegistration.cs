using ChatOps.Fleet;
using ChatOps.Node.Execution;
using ChatOps.Node.Facts;
using ChatOps.Node.Files;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Node;

/// <summary>Execution on this machine.</summary>
public static class NodeRegistration
{
    /// <summary>Registers <see cref="IExecutor"/>, <see cref="INodeFacts"/> and <see cref="IFileArea"/>. Needs an <see cref="Secrets.IRedactor"/> and a <see cref="TimeProvider"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Bounds and places.</param>
    public static IServiceCollection AddLocalExecution(this IServiceCollection services, NodeOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IExecutor, LocalExecutor>();
        services.AddSingleton<INodeFacts, LinuxFacts>();
        services.AddSingleton<IFileArea>(new FileArea(options));
        services.AddHostedService<LeftoverReport>();
        return services;
    }
}
