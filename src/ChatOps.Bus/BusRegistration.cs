using System.Security.Cryptography;
using ChatOps.Bus.Gateways;
using ChatOps.Channels;
using ChatOps.Configuration;
using ChatOps.Diagnostics;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>Inbox, outbox delivery, recovery, the running of channels, and the message bus under them.</summary>
public static class BusRegistration
{
    private const int GatewayIdLength = 12;

    /// <summary>
    /// Adds them. They need <see cref="IStore"/>, <see cref="IIdGenerator"/>, <see cref="Secrets.IRedactor"/> and <see cref="TimeProvider"/>. Hosted services stop in
    /// reverse order: add this before the workers, so that the bus outlives those it serves.
    /// </summary>
    /// <exception cref="ConfigurationProblemsException">The options are not sound; all problems at once.</exception>
    public static IServiceCollection AddBus(this IServiceCollection services, BusOptions options)
    {
        if (options.Validate() is { Count: > 0 } problems) throw new ConfigurationProblemsException(problems);
        services.AddMetrics();
        services.AddSingleton(options);
        services.AddSingleton(options.ChannelRestart);
        services.AddSingleton<BusMetrics>();
        services.TryAddSingleton(new GatewayIdentity(RandomNumberGenerator.GetHexString(GatewayIdLength, lowercase: true), Environment.MachineName, "", GatewayIdentity.AllRoles));
        services.AddSingleton<GatewayRegister>();
        services.AddSingleton<IGateways>(provider => provider.GetRequiredService<GatewayRegister>());
        services.AddHostedService(provider => provider.GetRequiredService<GatewayRegister>());
        if (!options.AloneWithStore) services.AddSingleton<IHealthPart, GatewaysHealth>();
        services.AddSingleton<MessageBus>();
        services.AddSingleton<IMessageBus>(provider => provider.GetRequiredService<MessageBus>());
        services.AddSingleton<IBusReadiness>(provider => provider.GetRequiredService<MessageBus>());
        services.AddHostedService(provider => provider.GetRequiredService<MessageBus>());
        services.AddSingleton<IHealthPart, BusHealth>();
        return services.AddInbox().AddDelivery(options).AddRecovery().AddChannels();
    }

    private static IServiceCollection AddInbox(this IServiceCollection services)
    {
        services.AddSingleton<InboundCleaner>();
        services.AddSingleton<Outages>();
        services.AddSingleton<IInbox, Inbox>();
        services.AddSingleton<IRecoverySweep, InboxSweep>();
        services.AddSingleton<IHealthPart, InboxHealth>();
        return services;
    }

    private static IServiceCollection AddDelivery(this IServiceCollection services, BusOptions options)
    {
        services.AddSingleton<ChannelDirectory>();
        services.AddSingleton<SentMessages>();
        services.AddSingleton<FarProgress>();
        services.AddSingleton<IReplies, Replies>();
        // A channel may hand to the inbox, and replies go out by channels: the way out is asked for when it is needed.
        services.AddSingleton(provider => new Lazy<IReplies>(provider.GetRequiredService<IReplies>));
        services.AddSingleton(provider => new DeliveryParts(
            provider.GetRequiredService<IStore>(), provider.GetRequiredService<IReplies>(), provider.GetRequiredService<ChannelDirectory>(), provider.GetRequiredService<SentMessages>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<BusOptions>().Delivery, provider.GetRequiredService<BusMetrics>(),
            provider.GetRequiredService<ILogger<ConversationDelivery>>())
        {
            Holder = provider.GetRequiredService<BusOptions>().AloneWithStore ? null : provider.GetRequiredService<IIdGenerator>().NewId(),
        });
        services.AddSingleton<Deliveries>();
        services.AddHostedService(provider => provider.GetRequiredService<Deliveries>());
        if (options.Delivers)
        {
            services.AddMessageHandler<Deliver, DeliverHandler>();
            services.AddSingleton<IRecoverySweep, OutboxSweep>();
        }

        if (options is { Transport: BusTransport.RabbitMq, AloneWithStore: false }) services.AddMessageHandler<PassingState, GuestProgress>().AddMessageHandler<PassingEnded, FarProgress>();
        services.AddSingleton<IHealthPart, OutboxHealth>();
        return services;
    }

    private static IServiceCollection AddRecovery(this IServiceCollection services) => services.AddHostedService<RecoveryService>();

    private static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddSingleton<IChannelState, ChannelState>();
        services.AddSingleton<ILeadership, Leadership>();
        services.AddSingleton<IRecoverySweep, ChannelStateSweep>();
        services.AddSingleton<ChannelRunner>();
        services.AddSingleton<IChannelStates>(provider => provider.GetRequiredService<ChannelRunner>());
        services.AddHostedService(provider => provider.GetRequiredService<ChannelRunner>());
        return services;
    }
}
