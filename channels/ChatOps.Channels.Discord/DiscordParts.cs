using ChatOps.Messages;
using ChatOps.Tools;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Discord;

/// <summary>The channel's parts, put together once.</summary>
internal sealed class DiscordParts : IAsyncDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    private readonly HttpMessageInvoker http;
    private readonly DiscordMessages messages;
    private readonly KnownChannels channels;

    public DiscordParts(
        DiscordOptions options, ChannelSecret token, IInbox inbox, IChannelState state, IChannelCommands commands, IEgress egress, IOutputFiles outputs, DiscordMetrics metrics,
        TimeProvider time, ILoggerFactory loggers)
    {
        var handler = egress.CreateHandler(options.Root);
        (handler.ConnectTimeout, handler.PooledConnectionLifetime) = (ConnectTimeout, ConnectionLifetime);
        http = new HttpMessageInvoker(handler);
        Rest = new DiscordRest(new RestTransport(http, options.Root, token, new RateLimits(time), time));
        Health = new DiscordHealth(time);
        Errands = new DiscordErrands(time, loggers.CreateLogger<DiscordErrands>());
        channels = new KnownChannels(Rest);
        var threads = new DiscordThreads(state);
        var titles = new DiscordTitles();
        var handles = new InteractionHandles(time);
        var registered = new DiscordCommands(commands, options, Rest, state, time, loggers.CreateLogger<DiscordCommands>());
        var poster = new DiscordPoster(Rest, outputs, time);
        messages = new DiscordMessages(inbox, channels, threads, Rest, metrics, titles, Errands);
        Interactions = new DiscordInteractions(inbox, registered, threads, handles, titles);
        Start = new DiscordStart(Rest, options, token, registered, Health);
        Gateway = new GatewayClient(options, token, Rest, egress, http, state, time, loggers.CreateLogger<GatewayClient>());
        Sender = new DiscordSender(poster, Rest, new DiscordPlaces(threads, Rest, titles, handles, options, time), threads, handles,
            new DiscordPrivate(Rest, poster, handles, options, time), options, time);
        Progress = new DiscordProgress(poster, options, time, loggers.CreateLogger<DiscordProgress>());
        Files = new DiscordFiles(Rest, http, egress, options, time);
    }

    public DiscordRest Rest { get; }

    public DiscordHealth Health { get; }

    public DiscordErrands Errands { get; }

    public DiscordInteractions Interactions { get; }

    public DiscordStart Start { get; }

    public GatewayClient Gateway { get; }

    public DiscordSender Sender { get; }

    public DiscordProgress Progress { get; }

    public DiscordFiles Files { get; }

    /// <summary>The gateway's events for a bot.</summary>
    public DiscordEvents EventsFor(BotIdentity bot) => new(messages, Interactions, channels, Rest, Errands, Health, bot);

    public async ValueTask DisposeAsync()
    {
        await Progress.DisposeAsync();
        await Errands.EndAsync();
        Errands.Dispose();
        http.Dispose();
    }
}
