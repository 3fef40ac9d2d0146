using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Discord;

/// <summary>Discord as a channel.</summary>
public static class DiscordRegistration
{
    /// <summary>Adds the channel <c>discord</c> when it is enabled; its set-up check is there in any case.</summary>
    /// <exception cref="ArgumentException">The options are wrong; the message names each problem.</exception>
    public static IServiceCollection AddDiscordChannel(this IServiceCollection services, DiscordOptions options)
    {
        services.AddSingleton<IChannelSetup>(provider => new DiscordSetup(provider.GetRequiredService<IEgress>(), provider.GetRequiredService<TimeProvider>()));
        if (!options.Enabled) return services;
        options.Check();
        services.AddSingleton(options);
        services.AddSingleton<DiscordMetrics>();
        services.AddSingleton(provider => new DiscordParts(
            options, Token(provider, options), provider.GetRequiredService<IInbox>(), provider.GetRequiredService<IChannelState>(), provider.GetRequiredService<IChannelCommands>(),
            provider.GetRequiredService<IEgress>(), provider.GetRequiredService<IOutputFiles>(), provider.GetRequiredService<DiscordMetrics>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => new DiscordChannel(
            provider.GetRequiredService<DiscordParts>(), options, Token(provider, options), provider.GetRequiredService<ILeadership>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DiscordChannel>>()));
        services.AddChannel<DiscordChannel>(DiscordChannel.ChannelName);
        if (options.Mode == DiscordMode.Http)
        {
            services.AddSingleton<IWebhook>(provider =>
            {
                var parts = provider.GetRequiredService<DiscordParts>();
                return new DiscordWebhook(options, parts.Interactions, parts.Health, provider.GetRequiredService<TimeProvider>());
            });
        }

        return services;
    }

    private static ChannelSecret Token(IServiceProvider provider, DiscordOptions options) =>
        new("Channels:Discord:Token", options.Token, provider.GetRequiredService<ISecretReferences>(), provider.GetRequiredService<TimeProvider>());
}
