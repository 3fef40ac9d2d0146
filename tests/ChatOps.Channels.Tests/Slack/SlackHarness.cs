using ChatOps.Channels.Slack;
using ChatOps.Channels.Slack.Client;
using ChatOps.Host;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using ChatOps.Testing.Slack;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>The real Slack channel, as the host composes it, against the loopback Slack and an inbox of the test.</summary>
internal sealed class SlackHarness : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ServiceProvider services;

    private SlackHarness(SlackServer server, ServiceProvider services, ConformanceInbox inbox)
    {
        (Server, this.services, Inbox) = (server, services, inbox);
        Channel = services.GetRequiredService<SlackChannel>();
    }

    public SlackServer Server { get; }

    public ConformanceInbox Inbox { get; }

    public SlackChannel Channel { get; }

    public Task Running { get; private set; } = Task.CompletedTask;

    public LogLines Logs => services.GetRequiredService<LogLines>();

    public MemoryOutputFiles Files => services.GetRequiredService<MemoryOutputFiles>();

    public RotatingSecrets Secrets => services.GetRequiredService<RotatingSecrets>();

    public IReadOnlyDictionary<string, IWebhook> Webhooks => services.GetServices<IWebhook>().ToDictionary(w => w.Path);

    public string Dropped(string reason) => Channel.Health!.Facts.GetValueOrDefault("dropped." + reason, "0");

    /// <summary>Starts the channel and waits until it is connected.</summary>
    public static async Task<SlackHarness> StartAsync(Action<SlackOptions>? configure = null, SocketTimings? timings = null, TimeProvider? time = null, Action<SlackServer>? prepare = null)
    {
        var harness = await CreateAsync(configure, timings, time, null, prepare);
        harness.Begin();
        await harness.ConnectedAsync();
        return harness;
    }

    public static async Task<SlackHarness> CreateAsync(
        Action<SlackOptions>? configure = null, SocketTimings? timings = null, TimeProvider? time = null, IInbox? given = null, Action<SlackServer>? prepare = null)
    {
        var server = await SlackServer.StartAsync(SlackSaid.Workspace());
        prepare?.Invoke(server);
        var options = new SlackOptions { Enabled = true, BotToken = "${env:BOT}", AppToken = "${env:APP}", SigningSecret = "${env:SIGNING}", ApiBase = server.ApiBase.AbsoluteUri };
        configure?.Invoke(options);
        var inbox = given as ConformanceInbox ?? new ConformanceInbox();
        var secrets = new RotatingSecrets { ["${env:BOT}"] = server.BotToken, ["${env:APP}"] = server.AppToken, ["${env:SIGNING}"] = server.SigningSecret };
        var services = new ServiceCollection();
        services.AddSingleton(given ?? inbox);
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(secrets);
        services.AddSingleton<ISecretReferences>(secrets);
        services.AddSingleton<IChannelState, MemoryChannelState>();
        services.AddSingleton<IChannelCommands, FewCommands>();
        services.AddSingleton<IEgress>(new EgressGuard(new EgressOptions()));
        services.AddSingleton<MemoryOutputFiles>();
        services.AddSingleton<IOutputFiles>(p => p.GetRequiredService<MemoryOutputFiles>());
        services.AddSingleton<LogLines>();
        services.AddSingleton<ILoggerProvider>(p => p.GetRequiredService<LogLines>());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
        services.AddSlackChannel(options);
        services.Replace(ServiceDescriptor.Singleton(timings ?? Quick));
        return new SlackHarness(server, services.BuildServiceProvider(), inbox);
    }

    /// <summary>Limits short enough for tests.</summary>
    public static SocketTimings Quick => new()
    {
        Hello = TimeSpan.FromSeconds(5), Drain = TimeSpan.FromSeconds(2), Close = TimeSpan.FromMilliseconds(200),
        FirstPause = TimeSpan.FromMilliseconds(20), MaxPause = TimeSpan.FromMilliseconds(200), TooMany = TimeSpan.FromMilliseconds(300),
    };

    public void Begin() => Running = Task.Run(() => Channel.RunAsync(stop.Token));

    public Task ConnectedAsync() => Until.TrueAsync(() => Running.IsCompleted || Channel.Health!.State != Diagnostics.PartState.Failed);

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await Running.WaitAsync(Until.Limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task<SlackAck> HearAsync(System.Text.Json.Nodes.JsonObject happened) => Server.Sockets.DeliverAsync("events_api", happened);

    public Task<SendResult> SendAsync(OutboundMessage message) => Channel.SendAsync(message, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await services.DisposeAsync();
        await Server.DisposeAsync();
        stop.Dispose();
    }
}
