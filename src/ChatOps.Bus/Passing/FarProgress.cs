using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Rendering;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>
/// Sends the passing states of what is worked on here to the gateways that show them: the one that speaks with the channel, or all where people may read; here, where another gateway has sent the message or
/// it is still on its way. The newest of each interval, never two of one message at once; what does not get there is lost. Ends them there before anything lasting is written down.
/// </summary>
internal sealed partial class FarProgress : IMessageHandler<PassingEnded>, IAsyncDisposable
{
    /// <summary>How long another gateway may take to show nothing more.</summary>
    public static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    /// <summary>How long a gateway that did not answer is sent nothing: each end would be waited for in vain. Shorter than a state is tried for.</summary>
    public static readonly TimeSpan DeafTime = TimeSpan.FromSeconds(10);

    private const int MaxMessages = 500;
    private const int MaxTold = 4096;

    /// <summary>The longest state that is carried, in characters.</summary>
    private const int MaxContent = 256 * 1024;

    private static readonly string ChannelsRole = nameof(GatewayRole.Channels).ToLowerInvariant();

    private readonly IStore store;
    private readonly IMessageBus bus;
    private readonly IGateways gateways;
    private readonly ChannelDirectory channels;
    private readonly SentMessages sent;
    private readonly TimeProvider time;
    private readonly ILogger<FarProgress> logger;
    private readonly ProgressPace<(ConversationKey Conversation, RichMessage Content)> pace;
    private readonly Recent<Told> told = new(MaxTold);
    private readonly ConcurrentDictionary<(string Gateway, long Number), TaskCompletionSource> ends = new();
    private readonly ConcurrentDictionary<string, long> deafSince = new(StringComparer.Ordinal);
    private long number;

    public FarProgress(
        IStore store, IMessageBus bus, IGateways gateways, ChannelDirectory channels, SentMessages sent, BusOptions options, TimeProvider time, ILogger<FarProgress> logger)
    {
        (this.store, this.bus, this.gateways, this.channels, this.sent, this.time, this.logger) = (store, bus, gateways, channels, sent, time, logger);
        pace = new(options.Delivery.FarProgressInterval, MaxMessages, ShowAsync, error => LogLost(error.GetType().Name), time);
    }

    /// <summary>Shows a state now, or the newest one when the interval is over. Never waits.</summary>
    public void Show(string messageId, ConversationKey conversation, RichMessage content) => pace.Show(messageId, (conversation, content));

    /// <summary>This gateway shows a newer state of a message by itself: what waits here is old.</summary>
    public void Overtaken(string messageId) => _ = pace.ForgetAsync(messageId);

    /// <summary>Nothing that was sent of a message is shown after this has ended. Who does not answer is waited for a few seconds only.</summary>
    public async Task EndAsync(string messageId)
    {
        await pace.ForgetAsync(messageId).WaitAsync(EndLimit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (told.TryTake(messageId, out var whom)) await Task.WhenAll(whom!.Gateways.Where(id => gateways.Find(id) is not null).Select(id => EndAtAsync(id, messageId, whom)));
    }

    public Task HandleAsync(PassingEnded message, CancellationToken cancellationToken)
    {
        if (ends.TryRemove((message.From, message.Number), out var end)) end.TrySetResult();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => pace.DisposeAsync();

    private async ValueTask<TimeSpan?> ShowAsync(string messageId, (ConversationKey Conversation, RichMessage Content) state, CancellationToken cancellationToken)
    {
        // Whoever shows something may hold a lock.
        await Task.Yield();
        var message = await store.ReadAsync(session => session.Outbox.FindMessage(messageId), cancellationToken);
        // Asked after the look: of one that stood still before it, what it knows may be of the past.
        if (message is null || !gateways.IsCurrent) return TimeSpan.Zero;
        var here = channels.Here(state.Conversation.Channel);
        if (here is { Capabilities.ReadEverywhere: false })
        {
            // It is on its way still.
            if (message.PlatformId is null) return null;
            sent.Note(messageId, message.PlatformId);
            here.ShowProgress(state.Conversation, messageId, message.PlatformId, state.Content);
        }
        else
        {
            IReadOnlyList<string> receivers = [.. Receivers(state.Conversation, everywhere: here is not null)];
            // Who was slow a moment ago is asked again soon: no newer state may come for long.
            if (receivers.Count == 0 && !deafSince.IsEmpty) return null;
            await SendAsync(message, state, receivers, cancellationToken);
        }

        return TimeSpan.Zero;
    }

    private async Task SendAsync(StoredMessage message, (ConversationKey Conversation, RichMessage Content) state, IReadOnlyList<string> receivers, CancellationToken cancellationToken)
    {
        if (receivers.Count == 0 || !bus.ReachesOthers) return;
        var content = Json.Write(state.Content);
        if (content.Length > MaxContent) return;
        var before = told.TryGet(message.Id, out var known) ? known!.Gateways : [];
        told.Note(message.Id, new Told(state.Conversation, [.. before.Union(receivers)], time.GetTimestamp()));
        foreach (var gateway in receivers)
        {
            await bus.PublishAsync(
                new PassingState(gateway, gateways.Self.Id, message.Id, state.Conversation.Id, Interlocked.Increment(ref number), message.UpdatedAt.UtcTicks, content), cancellationToken);
        }
    }

    private async Task EndAtAsync(string gateway, string messageId, Told told)
    {
        // Without a broker nobody can be asked; what was sent before is shown soon or never.
        var reached = bus.ReachesOthers;
        var limit = reached ? EndLimit : EndLimit - time.GetElapsedTime(told.At);
        if (limit <= TimeSpan.Zero) return;
        var mine = Interlocked.Increment(ref number);
        var end = ends[(gateway, mine)] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await bus.PublishAsync(new PassingState(gateway, gateways.Self.Id, messageId, told.Conversation.Id, mine), CancellationToken.None);
            await end.Task.WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            if (!reached) return;
            deafSince[gateway] = time.GetTimestamp();
            LogDeaf(gateways.Find(gateway)?.Name ?? gateway, limit, DeafTime);
        }
        finally
        {
            ends.TryRemove((gateway, mine), out _);
        }
    }

    private IEnumerable<string> Receivers(ConversationKey conversation, bool everywhere)
    {
        var others = gateways.Living.Where(g => g.Id != gateways.Self.Id && Hears(g.Id));
        return everywhere
            ? others.Select(g => g.Id)
            // One for all that is said in a conversation, so that what is said stays in order there; another for another one.
            : others.Where(g => g.Roles.Contains(ChannelsRole)).Select(g => g.Id).OrderBy(id => Rank(id, conversation), StringComparer.Ordinal).Take(1);
    }

    private bool Hears(string gateway)
    {
        if (!deafSince.TryGetValue(gateway, out var since)) return true;
        if (time.GetElapsedTime(since) < DeafTime) return false;
        deafSince.TryRemove(KeyValuePair.Create(gateway, since));
        return true;
    }

    private static string Rank(string gateway, ConversationKey conversation) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{gateway} {conversation.Id}")));

    /// <summary>Who was sent states of a message.</summary>
    /// <param name="Conversation">Where it stands.</param>
    /// <param name="Gateways">The gateways.</param>
    /// <param name="At">When the last one was sent.</param>
    private sealed record Told(ConversationKey Conversation, IReadOnlyList<string> Gateways, long At);
}
