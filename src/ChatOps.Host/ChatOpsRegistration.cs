using ChatOps.Approvals;
using ChatOps.Host.Api;
using ChatOps.Host.Logging;
using ChatOps.Host.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatOps.Host;

/// <summary>The composition root.</summary>
public static class ChatOpsRegistration
{
    /// <summary>The table of contents: one line a capability.</summary>
    internal static IServiceCollection AddChatOps(this IServiceCollection services, GatewaySetup setup)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdGenerator>(s => new IdGenerator(s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(setup).AddGatewayLogging(setup);
        return services
            .AddApprovals(setup.Options.Approvals)
            .AddSingleton<GatewayMetrics>()
            .AddHttpApi();
    }
}
