using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Rendering;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>Shows the passing states of what other gateways work on, as long as the store has nothing newer that lasts.</summary>
internal sealed partial class GuestProgress : IMessageHandler<PassingState>, IAsyncDisposable
{
    private const int MaxMessages = 500;
    private const int MaxRemembered = 4096;

    private readonly IStore store;
    private readonly IMessageBus bus;
    private readonly IGateways gateways;
    private readonly ChannelDirectory channels;
    private readonly TimeProvider time;
    private readonly ILogger<GuestProgress> logger;
    private readonly ProgressPace<PassingState> pace;
    private readonly Recent<(string From, long Number)> newest = new(MaxRemembered);

    public GuestProgress(IStore store, IMessageBus bus, IGateways gateways, ChannelDirectory channels, TimeProvider time, ILogger<GuestProgress> logger)
    {
        (this.store, this.bus, this.gateways, this.channels, this.time, this.logger) = (store, bus, gateways, channels, time, logger);
        // They come paced, and the channel paces by what its platform allows: this only drops what the store is too slow for.
        pace = new(TimeSpan.Zero, MaxMessages, ShowAsync, error => LogLost(error.GetType().Name), time);
    }

    public Task HandleAsync(PassingState message, CancellationToken cancellationToken)
    {
        // The bus may double and reorder; behind an end of the same gateway nothing comes any more.
        if (newest.TryGet(message.Message, out var last) && last.From == message.From && last.Number >= message.Number) return Task.CompletedTask;
        newest.Note(message.Message, (message.From, message.Number));
        if (message.Content is null) _ = EndAsync(message);
        else pace.Show(message.Message, message);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => pace.DisposeAsync();

    private async ValueTask<TimeSpan?> ShowAsync(string messageId, PassingState state, CancellationToken cancellationToken)
    {
        var conversation = ConversationKey.Parse(state.Conversation);
        if (channels.Here(conversation.Channel) is not { } channel) return TimeSpan.Zero;
        var message = await store.ReadAsync(session => session.Outbox.FindMessage(messageId), cancellationToken);
        if (message?.UpdatedAt.UtcTicks != state.Version || !gateways.IsCurrent) return TimeSpan.Zero;
        // It is on its way still.
        if (message.PlatformId is null && !channel.Capabilities.ReadEverywhere) return null;
        channel.ShowProgress(conversation, messageId, message.PlatformId, Json.Read<RichMessage>(state.Content!));
        return TimeSpan.Zero;
    }

    private async Task EndAsync(PassingState end)
    {
        try
        {
            await pace.ForgetAsync(end.Message).WaitAsync(FarProgress.EndLimit, time);
            if (channels.Here(ConversationKey.Parse(end.Conversation).Channel) is { } channel) await channel.EndProgressAsync(end.Message).WaitAsync(FarProgress.EndLimit, time);
            await bus.PublishAsync(new PassingEnded(end.From, gateways.Self.Id, end.Number), CancellationToken.None);
        }
        catch (Exception error)
        {
            // A boundary: nobody awaits this. Whoever asked does not wait for ever.
            LogNotEnded(error.GetType().Name);
        }
    }
}
