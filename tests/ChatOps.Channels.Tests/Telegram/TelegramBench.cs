using ChatOps.Channels.Telegram;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using ChatOps.Testing.Telegram;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Tests.Telegram;

/// <summary>The channel as the host makes it, against a Bot API on loopback, with an inbox, a state and files in memory.</summary>
internal sealed class TelegramBench : IAsyncDisposable
{
    public static readonly TelegramPerson Ada = new(101, "Ada", Username: "ada");
    public static readonly TelegramPerson Ben = new(102, "Ben");

    /// <summary>The least time between two passing states of a message.</summary>
    public static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private readonly ServiceProvider services;
    private readonly CancellationTokenSource stop = new();
    private readonly bool ownsServer;

    private TelegramBench(TelegramServer server, bool ownsServer, IInbox inbox, Action<TelegramOptions>? change, MemoryChannelState? state, FixedSecrets? secrets, ILeadership? leadership)
    {
        Server = server;
        this.ownsServer = ownsServer;
        Inbox = inbox as ConformanceInbox;
        State = state ?? new MemoryChannelState();
        Secrets = secrets ?? new FixedSecrets(server.Token);
        Options = new TelegramOptions
        {
            Enabled = true,
            Token = FixedSecrets.TokenReference,
            ApiBase = server.ApiBase,
            WebhookSecret = FixedSecrets.WebhookReference,
            FirstRetryDelay = TimeSpan.FromMilliseconds(20),
            ConflictDelay = TimeSpan.FromSeconds(1),
            ProgressInterval = ProgressInterval,
            GroupProgressInterval = ProgressInterval,
            PressPatience = TimeSpan.FromMilliseconds(400),
            ConfirmDelay = TimeSpan.Zero,
        };
        change?.Invoke(Options);
        var collection = new ServiceCollection();
        collection.AddLogging(l => l.AddProvider(Logs).SetMinimumLevel(LogLevel.Trace));
        collection.AddMetrics();
        collection.AddSingleton(inbox);
        collection.AddSingleton<IChannelState>(State);
        collection.AddSingleton(leadership ?? new SoleLeadership());
        collection.AddSingleton<IOutputFiles>(Files);
        collection.AddSingleton<IEgress>(new OpenEgress());
        collection.AddSingleton<IChannelCommands>(Commands);
        collection.AddSingleton<ISecretReferences>(Secrets);
        collection.AddTelegramChannel(Options);
        services = collection.BuildServiceProvider();
        Channel = services.GetServices<IChannel>().Single();
    }

    public TelegramServer Server { get; }

    public TelegramOptions Options { get; }

    public IChannel Channel { get; }

    public ConformanceInbox? Inbox { get; }

    public MemoryChannelState State { get; }

    public MemoryFiles Files { get; } = new();

    public FixedCommands Commands { get; } = new();

    public FixedSecrets Secrets { get; }

    public CollectedLogs Logs { get; } = new();

    public Task Running { get; private set; } = Task.CompletedTask;

    public IWebhook Webhook => services.GetServices<IWebhook>().Single();

    /// <summary>The inbox's id of what it took last.</summary>
    public string LastInboxId => Inbox!.IdOf(Accepted[^1].PlatformKey);

    public IReadOnlyList<InboundMessage> Accepted => Inbox!.Accepted;

    /// <summary>A running channel, its bot known to Telegram.</summary>
    public static async Task<TelegramBench> StartAsync(
        TelegramServer? server = null, Action<TelegramOptions>? change = null, IInbox? inbox = null, MemoryChannelState? state = null, bool run = true, FixedSecrets? secrets = null,
        ILeadership? leadership = null)
    {
        var bench = new TelegramBench(server ?? await TelegramServer.StartAsync(), server is null, inbox ?? new ConformanceInbox(), change, state, secrets, leadership);
        if (run) await bench.RunAsync();
        return bench;
    }

    /// <summary>Begins to listen, and waits until it does.</summary>
    public async Task RunAsync(bool connected = true)
    {
        Running = Task.Run(() => Channel.RunAsync(stop.Token));
        if (connected) await Until.TrueAsync(() => Running.IsCompleted || Channel.Health!.State == Diagnostics.PartState.Ok);
        if (Running.IsFaulted) await Running;
    }

    /// <summary>Stops listening.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A conversation of a chat.</summary>
    public static ConversationKey In(TelegramChatState chat, long? topic = null) => new("telegram", $"{chat.Id}", topic is null ? "" : $"{topic}");

    /// <summary>Sends a message as delivery does: again after the pause that the channel names.</summary>
    public async Task<SendResult> SendAsync(OutboundMessage message)
    {
        while (true)
        {
            var result = await Channel.SendAsync(message, CancellationToken.None);
            if (result is not { Status: SendStatus.Retry, RetryAfter: { } pause }) return result;
            await Task.Delay(pause);
            message = message with { PlatformId = result.PlatformId ?? message.PlatformId };
        }
    }

    /// <summary>Sends a new message.</summary>
    public Task<SendResult> SendAsync(TelegramChatState chat, params Block[] blocks) => SendAsync(Some.Outbound(In(chat), new RichMessage(blocks)));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await services.DisposeAsync();
        if (ownsServer) await Server.DisposeAsync();
        stop.Dispose();
    }
}
