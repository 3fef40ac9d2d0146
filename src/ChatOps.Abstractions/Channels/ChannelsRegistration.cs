using ChatOps.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatOps.Channels;

/// <summary>Registers channels without knowing who runs them.</summary>
public static class ChannelsRegistration
{
    /// <summary>Adds a channel, one instance for the process: it is run, delivered to and shown in the health report.</summary>
    /// <typeparam name="TChannel">The adapter.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The adapter's <see cref="IChannel.Name"/>.</param>
    public static IServiceCollection AddChannel<TChannel>(this IServiceCollection services, string name) where TChannel : class, IChannel
    {
        services.TryAddSingleton<TChannel>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<TChannel>());
        services.AddSingleton<IHealthPart>(provider => new ChannelHealthPart(name, provider.GetRequiredService<IChannelStates>()));
        return services;
    }
}
