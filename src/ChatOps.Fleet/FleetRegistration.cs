using ChatOps.Configuration;
using ChatOps.Diagnostics;
using ChatOps.Fleet.Dispatch;
using ChatOps.Fleet.Far;
using ChatOps.Fleet.Keys;
using ChatOps.Fleet.Membership;
using ChatOps.Fleet.Nodes;
using ChatOps.Fleet.Relay;
using ChatOps.Fleet.Ssh;
using ChatOps.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatOps.Fleet;

/// <summary>Registers the machines where tools act.</summary>
public static class FleetRegistration
{
    /// <summary>
    /// Adds <see cref="INodes"/> with the gateway's own machine and the joined ones, <see cref="IRelay"/>, <see cref="IFleetMembers"/> and the health
    /// part <c>nodes</c>. Needs <see cref="IExecutor"/>, <see cref="INodeFacts"/>, the store, the audit, the bus and <see cref="Gateways.IGateways"/>. Its hosted service comes before those that use nodes.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The section <c>Fleet</c>.</param>
    /// <param name="dataDirectory">Where the gateway's key is.</param>
    /// <exception cref="ConfigurationProblemsException">With everything that is wrong with the options.</exception>
    public static IServiceCollection AddFleet(this IServiceCollection services, FleetOptions options, string dataDirectory)
    {
        if (options.Problems() is { Count: > 0 } problems) throw new ConfigurationProblemsException(problems);
        services.TryAddSingleton(TimeProvider.System);
        if (options.LocalNode.Enabled)
        {
            services.AddSingleton(options.LocalNode);
            services.AddSingleton<INodeConnection, LocalNode>();
        }

        services.AddSingleton(options);
        services.AddSingleton(_ => GatewayKey.ReadOrCreate(dataDirectory));
        services.AddSingleton<RemoteExecutions>();
        services.AddSingleton<NodeSessions>();
        services.AddSingleton<NodeFrames>();
        services.AddSingleton<NodeDirectory>();
        services.AddSingleton<Admission>();
        services.AddSingleton<GrantIssuer>();
        services.AddSingleton<RemoteNodes>();
        services.AddShared();
        services.AddSingleton<IRelay, RelayServer>();
        services.AddSingleton<IFleetMembers, FleetMembers>();
        services.AddSingleton(options.Ssh);
        services.AddSingleton(_ => new SshPlaces(dataDirectory));
        services.AddSingleton<SshClient>();
        services.AddSingleton<SshLinks>();
        services.AddSingleton<HostKeys>();
        services.AddSingleton<SshEnrolment>();
        services.AddSingleton<SshNodes>();
        services.AddHostedService<Heartbeat>();
        // Needs the members, which the one before reads.
        services.AddHostedService<SshKeeper>();
        services.AddHostedService<SharedFleetKeeper>();
        services.AddSingleton<INodes, FleetNodes>();
        services.AddSingleton<IHealthPart, NodesHealth>();
        return services;
    }

    // Nodes of other gateways' relays, and other gateways that reach the nodes of this one's.
    private static void AddShared(this IServiceCollection services) => services
        .AddSingleton<FarLinks>()
        .AddSingleton<GuestLinks>()
        .AddSingleton<SharedFleet>()
        .AddMessageHandler<NodeTraffic, NodeTrafficHandler>()
        .AddMessageHandler<NodeChanged, NodeChangedHandler>();
}
