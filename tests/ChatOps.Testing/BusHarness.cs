using ChatOps.Bus;
using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Testing;

/// <summary>The real inbox, outbox, delivery, recovery and bus over the real store, with channels that the test gives; everything above them is absent.</summary>
public sealed class BusHarness : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly IReadOnlyList<IHostedService> hosted;
    private bool stopped;

    private BusHarness(ServiceProvider services)
    {
        this.services = services;
        hosted = [.. services.GetServices<IHostedService>()];
    }

    /// <summary>The store.</summary>
    public IStore Store => services.GetRequiredService<IStore>();

    /// <summary>The way in.</summary>
    public IInbox Inbox => services.GetRequiredService<IInbox>();

    /// <summary>The way out.</summary>
    public IReplies Replies => services.GetRequiredService<IReplies>();

    /// <summary>The bus.</summary>
    public IMessageBus Bus => services.GetRequiredService<IMessageBus>();

    /// <summary>Anything else.</summary>
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Starts one.</summary>
    /// <param name="directory">The data directory; a second harness on it is the gateway after a restart.</param>
    /// <param name="time">The clock.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="configure">More services, such as message handlers.</param>
    /// <param name="options">Changes to the bounds.</param>
    public static async Task<BusHarness> StartAsync(
        TempDirectory directory, TimeProvider time, IReadOnlyList<IChannel> channels, Action<IServiceCollection>? configure = null, Action<BusOptions>? options = null)
    {
        var bounds = new BusOptions();
        options?.Invoke(bounds);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time);
        services.AddSingleton<IRedactor, FakeRedactor>();
        services.AddStorage(new StorageOptions { DataDirectory = directory.Path });
        services.AddBus(bounds);
        foreach (var channel in channels) services.AddSingleton(channel);
        configure?.Invoke(services);
        var harness = new BusHarness(services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }));
        await harness.Get<IStoreInitializer>().InitializeAsync(CancellationToken.None);
        foreach (var service in harness.hosted) await service.StartAsync(CancellationToken.None);
        await harness.Get<IBusReadiness>().WhenStartedAsync(CancellationToken.None);
        return harness;
    }

    /// <summary>Says something, in a transaction of its own.</summary>
    public Task<string> PostAsync(ConversationKey conversation, string text, ReplyPriority priority = ReplyPriority.Result) =>
        Store.WriteAsync(session => Replies.Post(session, conversation, RichMessage.Text(text), priority, null), CancellationToken.None);

    /// <summary>Delivery steps in a state.</summary>
    public Task<IReadOnlyList<OutboxItem>> StepsAsync(OutboxState state) =>
        Store.ReadAsync(session => session.Outbox.InState(state, 10_000), CancellationToken.None);

    /// <summary>Stops as the host does: the last started first.</summary>
    public async Task StopAsync()
    {
        if (stopped) return;
        stopped = true;
        foreach (var service in hosted.Reverse()) await service.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await services.DisposeAsync();
    }
}
