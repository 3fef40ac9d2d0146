using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Storage;
using ChatOps.Testing.Channels;
using Microsoft.Extensions.Logging;

namespace ChatOps.Testing.Discord;

/// <summary>What the Discord channel needs from the gateway, in memory; outlives the channel like the store does.</summary>
public sealed class DiscordWorldServices(DiscordServer server) : IChannelState, IEgress, ISecretReferences, IMeterFactory
{
    private ConcurrentDictionary<string, string> state = new();
    private readonly Meter meter = new("ChatOps");

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The inbox; a <see cref="ConformanceInbox"/> unless a test brings its own.</summary>
    public IInbox Inbox { get; init; } = new ConformanceInbox();

    /// <summary>Who leads; alone unless a test brings its own.</summary>
    public ILeadership Leadership { get; init; } = new SoleLeadership();

    /// <summary>The commands that are registered.</summary>
    public FakeChannelCommands Commands { get; } = new();

    /// <summary>Kept files.</summary>
    public FakeOutputFiles Outputs { get; } = new();

    /// <summary>Everything that was logged.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>The token as the configuration would give it now.</summary>
    public string? Token { get; set; } = server.Token;

    /// <summary>The state cannot be read or written.</summary>
    public bool StateIsAway { get; set; }

    /// <summary>Shares what another gateway of the same store keeps.</summary>
    public DiscordWorldServices Kept
    {
        init => state = value.state;
    }

    /// <summary>What is kept.</summary>
    public IReadOnlyDictionary<string, string> State => state;

    public ILoggerFactory Loggers => field ??= LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(new QueueLoggerProvider(Log)));

    public Task<string?> GetAsync(string channel, string key, CancellationToken cancellationToken)
    {
        if (StateIsAway) throw new StoreUnavailableException("The disk is full.");
        return Task.FromResult(state.GetValueOrDefault($"{channel}/{key}"));
    }

    public Task SetAsync(string channel, string key, string? value, TimeSpan? keepFor, CancellationToken cancellationToken)
    {
        if (StateIsAway) throw new StoreUnavailableException("The disk is full.");
        if (key.Length > IChannelState.MaxKeyLength || value?.Length > IChannelState.MaxValueLength) throw new ArgumentException("Too long for the state.");
        if (value is null) state.TryRemove($"{channel}/{key}", out _);
        else state[$"{channel}/{key}"] = value;
        return Task.CompletedTask;
    }

    public bool Allows(Uri address, IReadOnlyList<string> platformHosts, Uri root) =>
        address.Host == root.Host || platformHosts.Any(h => address.Host == h || address.Host.EndsWith("." + h, StringComparison.Ordinal));

    public SocketsHttpHandler CreateHandler(Uri root) => new() { AllowAutoRedirect = false, ActivityHeadersPropagator = null, UseCookies = false };

    public SecretResolution Resolve(string value) => Token is { } token ? SecretResolution.Found(token, isReference: true) : SecretResolution.Failed("DISCORD is not set.");

    public Meter Create(MeterOptions options) => meter;

    public void Dispose() => meter.Dispose();
}
