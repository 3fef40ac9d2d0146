using ChatOps.Channels.Slack.Client;
using ChatOps.Channels.Slack.Http;
using ChatOps.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

/// <summary>Slack as a channel.</summary>
public static class SlackRegistration
{
    /// <summary>Adds what <c>onboard</c> and <c>doctor</c> need; and, when it is enabled, the channel <c>slack</c>, in HTTP mode with its webhooks.</summary>
    public static IServiceCollection AddSlackChannel(this IServiceCollection services, SlackOptions options)
    {
        services.AddSingleton<IChannelSetup, SlackSetup>();
        if (!options.Enabled) return services;
        options.Check();
        services.AddSingleton(options);
        services.AddSingleton(provider => Tokens(options, provider.GetRequiredService<ISecretReferences>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SlackHealth>();
        services.AddSingleton<SlackHttp>();
        services.AddSingleton<SlackDeadlines>();
        services.AddSingleton<SlackApi>();
        services.AddSingleton<SlackThreads>();
        services.AddSingleton<SlackNames>();
        services.AddSingleton<SlackAnswers>();
        services.AddSingleton<SlackDrops>();
        services.AddSingleton<SlackHearing>();
        services.AddSingleton<SlackIntake>();
        services.AddSingleton<SlackSignIn>();
        services.AddSingleton<SlackUploads>();
        services.AddSingleton<SlackDownloads>();
        services.AddSingleton<SlackPrivate>();
        services.AddSingleton<SlackShown>();
        services.AddSingleton<SlackSender>();
        services.AddSingleton(new SocketTimings());
        services.AddSingleton<SocketOpener>();
        services.AddSingleton<SocketCrowd>();
        services.AddSingleton<SlackEnvelopes>();
        services.AddSingleton<SocketMode>();
        services.AddSingleton<SlackListener>();
        services.AddSingleton<SlackProgress>();
        services.AddChannel<SlackChannel>(SlackChannel.ChannelName);
        services.AddMetrics();
        return options.Mode == SlackMode.Http ? services.AddWebhooks() : services;
    }

    private static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<SlackReplays>();
        services.AddSingleton(provider => new SlackSignature(provider.GetRequiredService<SlackTokens>().Signing, provider.GetRequiredService<TimeProvider>()));
        foreach (var kind in Enum.GetValues<SlackKind>())
        {
            services.AddSingleton<IWebhook>(provider => new SlackWebhook(kind, provider.GetRequiredService<SlackSignature>(), provider.GetRequiredService<SlackReplays>(),
                provider.GetRequiredService<SlackIntake>(), provider.GetRequiredService<SlackDrops>(), provider.GetRequiredService<SlackHealth>(), provider.GetRequiredService<ILogger<SlackWebhook>>()));
        }

        return services;
    }

    private static SlackTokens Tokens(SlackOptions options, ISecretReferences references, TimeProvider time) => new(
        new ChannelSecret("Channels:Slack:BotToken", options.BotToken, references, time),
        new ChannelSecret("Channels:Slack:AppToken", options.AppToken, references, time),
        new ChannelSecret("Channels:Slack:SigningSecret", options.SigningSecret, references, time));
}
