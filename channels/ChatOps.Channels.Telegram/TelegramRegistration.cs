using System.Diagnostics.Metrics;
using ChatOps.Channels.Telegram.Client;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Telegram;

/// <summary>Telegram as a channel.</summary>
public static class TelegramRegistration
{
    /// <summary>Adds what set-up and <c>doctor</c> need, and, when it is enabled, the channel <c>telegram</c>.</summary>
    /// <exception cref="ArgumentException">An option is out of its bounds, or one is missing; the message names it.</exception>
    public static IServiceCollection AddTelegramChannel(this IServiceCollection services, TelegramOptions options)
    {
        services.AddSingleton<IChannelSetup, TelegramSetup>();
        if (!options.Enabled) return services;
        options.Check();
        services.TryAddSingleton(TimeProvider.System);
        services.AddChannel<TelegramChannel>(TelegramInbound.ChannelName);
        services.AddSingleton(provider => Build(provider, options));
        if (options.Mode == TelegramMode.Webhook) services.AddSingleton<IWebhook>(provider => provider.GetRequiredService<TelegramParts>().Webhook);
        services.Replace(ServiceDescriptor.Singleton(provider => provider.GetRequiredService<TelegramParts>().Channel));
        return services;
    }

    private static TelegramParts Build(IServiceProvider provider, TelegramOptions options)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var references = provider.GetRequiredService<ISecretReferences>();
        var logger = provider.GetRequiredService<ILogger<TelegramSender>>();
        var state = provider.GetRequiredService<IChannelState>();
        var commands = provider.GetRequiredService<IChannelCommands>();
        var token = new TelegramToken(new ChannelSecret("Channels:Telegram:Token", options.Token, references, time));
        var client = new TelegramClient(options.ApiBase, () => token.Value, provider.GetRequiredService<IEgress>().CreateHandler(options.ApiBase), time);
        var link = new TelegramLink(client, token, options, new TelegramPace(time), new TelegramHealth(time), new TelegramProgressLog(logger).Failed, time);
        var chats = new TelegramChats(state);
        var shown = new TelegramShown();
        var questions = new TelegramQuestions(client, state, shown, options, time);
        var presses = new TelegramPresses(client, options, time);
        var threads = new TelegramThreads(client, state);
        var typing = new TelegramTyping(client, link.Pace, time);
        var receiver = new TelegramReceiver(
            link, chats, questions, presses, threads, typing, new TelegramMetrics(provider.GetRequiredService<IMeterFactory>()), provider.GetRequiredService<IInbox>(), commands,
            provider.GetRequiredService<ILogger<TelegramReceiver>>());
        var webhook = new TelegramWebhook(link, receiver, new ChannelSecret("Channels:Telegram:WebhookSecret", options.WebhookSecret, references, time));
        var sender = new TelegramSender(link, chats, shown, questions, presses, threads, provider.GetRequiredService<IOutputFiles>());
        var poller = new TelegramPoller(link, receiver, provider.GetRequiredService<ILogger<TelegramPoller>>());
        var channel = new TelegramChannel(
            link, poller, webhook, sender, presses, typing, new TelegramFiles(client, options), state, commands,
            provider.GetRequiredService<ILeadership>(), provider.GetRequiredService<ILogger<TelegramChannel>>());
        return new TelegramParts(channel, webhook);
    }
}
