using ChatOps.Channels;
using ChatOps.Channels.Discord;
using ChatOps.Messages;
using ChatOps.Testing.Channels;
using Microsoft.Extensions.Logging;

namespace ChatOps.Testing.Discord;

/// <summary>The real Discord channel around a server on loopback, an inbox in memory, and a state that outlives it.</summary>
public sealed class DiscordRig : IAsyncDisposable
{
    /// <summary>The least time between two passing states of a message.</summary>
    public static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource stop = new();
    private readonly DiscordParts parts;
    private readonly DiscordChannel channel;
    private readonly DiscordWebhook webhook;
    private readonly DiscordWorldServices services;
    private Task running = Task.CompletedTask;

    private DiscordRig(DiscordServer server, DiscordOptions options, DiscordWorldServices services)
    {
        (Server, Options, this.services) = (server, options, services);
        var secret = new ChannelSecret("Channels:Discord:Token", options.Token, services, services.Time);
        parts = new DiscordParts(options, secret, services.Inbox, services, services.Commands, services, services.Outputs, new DiscordMetrics(services), services.Time, services.Loggers);
        channel = new DiscordChannel(parts, options, secret, services.Leadership, services.Time, services.Loggers.CreateLogger<DiscordChannel>());
        webhook = new DiscordWebhook(options, parts.Interactions, parts.Health, services.Time);
    }

    public DiscordServer Server { get; }

    public DiscordOptions Options { get; }

    public IChannel Channel => channel;

    public IWebhook Webhook => webhook;

    public DiscordWorldServices World => services;

    public ConformanceInbox Inbox => services.Inbox as ConformanceInbox ?? throw new InvalidOperationException("This test brought an inbox of its own.");

    /// <summary>How the channel's loop ended or will.</summary>
    public Task Running => running;

    /// <summary>Makes a channel for a server; the services of an earlier one make it a restart.</summary>
    public static DiscordRig Of(DiscordServer server, DiscordWorldServices? services = null, Action<DiscordOptions>? configure = null)
    {
        services ??= new DiscordWorldServices(server);
        var options = new DiscordOptions { Enabled = true, Token = "${env:DISCORD}", ApiBase = server.ApiBase.AbsoluteUri, ProgressInterval = ProgressInterval };
        configure?.Invoke(options);
        options.Check();
        return new DiscordRig(server, options, services);
    }

    /// <summary>Makes one and waits until it listens.</summary>
    public static async Task<DiscordRig> StartAsync(DiscordServer server, DiscordWorldServices? services = null, Action<DiscordOptions>? configure = null)
    {
        var rig = Of(server, services, configure);
        rig.Run();
        await Until.TrueAsync(() => rig.Channel.Health!.Facts["connected"] == "yes" || rig.running.IsCompleted);
        return rig;
    }

    /// <summary>Starts the loop.</summary>
    public void Run() => running = Task.Run(() => channel.RunAsync(stop.Token));

    /// <summary>Stops the loop and waits for its end.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Sends a new message.</summary>
    public Task<SendResult> SendAsync(ConversationKey conversation, RichMessage content, Func<OutboundMessage, OutboundMessage>? change = null)
    {
        var message = Some.Outbound(conversation, content);
        return channel.SendAsync(change?.Invoke(message) ?? message, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await parts.DisposeAsync();
        stop.Dispose();
    }
}
