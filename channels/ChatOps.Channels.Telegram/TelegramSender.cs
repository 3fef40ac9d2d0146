using ChatOps.Channels.Telegram.Client;
using ChatOps.Messages;
using ChatOps.Rendering;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Channels.Telegram;

/// <summary>Carries what the gateway says to Telegram: messages, their edits and deletions, private answers, passing states.</summary>
internal sealed class TelegramSender : IAsyncDisposable
{
    private const int MaxProgress = 500;
    private const int MaxDeleted = 100;

    private readonly TelegramClient client;
    private readonly TelegramToken token;
    private readonly TelegramOptions options;
    private readonly TelegramChats chats;
    private readonly TelegramPace pace;
    private readonly TelegramShown shown;
    private readonly TelegramQuestions questions;
    private readonly TelegramPresses presses;
    private readonly TelegramThreads threads;
    private readonly TelegramHealth health;
    private readonly IOutputFiles files;
    private readonly ProgressPace<(ConversationKey Conversation, string PlatformId, RichMessage Content)> progress;

    /// <summary>Makes one.</summary>
    public TelegramSender(TelegramLink link, TelegramChats chats, TelegramShown shown, TelegramQuestions questions, TelegramPresses presses, TelegramThreads threads, IOutputFiles files)
    {
        (client, token, options, pace, health) = (link.Client, link.Token, link.Options, link.Pace, link.Health);
        (this.chats, this.shown, this.questions, this.presses, this.threads, this.files) = (chats, shown, questions, presses, threads, files);
        progress = new(options.ProgressInterval, MaxProgress, ShowAsync, link.ProgressFailed, link.Time);
    }

    /// <summary>Does one step.</summary>
    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        try
        {
            _ = token.Value;
            if (message.PrivateTo is { } person) return await PrivateAsync(message, person, cancellationToken);
            if (TelegramPlace.Of(message.Conversation) is not { } place) return new(SendStatus.Rejected, Reason: $"'{message.Conversation.Id}' is no chat of Telegram.");
            return await ToChatAsync(message, await chats.ToTelegramAsync(place.Chat, cancellationToken), place.Topic, cancellationToken);
        }
        catch (ChannelFatalException error)
        {
            return new(SendStatus.Retry, message.PlatformId, TelegramDelivery.FatalPause, error.Message);
        }
        catch (StoreUnavailableException error)
        {
            return new(SendStatus.Retry, message.PlatformId, null, error.Message);
        }
    }

    /// <summary>Shows a passing state.</summary>
    public void ShowProgress(ConversationKey conversation, string messageId, string? platformId, RichMessage content)
    {
        if (platformId is not null) progress.Show(messageId, (conversation, platformId, content));
    }

    /// <summary>Nothing passing comes after this.</summary>
    public Task EndProgressAsync(string messageId) => progress.ForgetAsync(messageId);

    public ValueTask DisposeAsync() => progress.DisposeAsync();

    private async Task<SendResult> ToChatAsync(OutboundMessage message, long chat, long? topic, CancellationToken cancellationToken)
    {
        if (pace.Wait(chat) is var wait && wait > TimeSpan.Zero) return new(SendStatus.Retry, message.PlatformId, wait, "Telegram asked for a pause.");
        await progress.ForgetAsync(message.MessageId);
        if (message.Operation == OutboundOperation.Delete) return await DeleteAsync(message, chat, cancellationToken);
        await questions.KeepAsync(message.Content, cancellationToken);
        var delivery = new TelegramDelivery(client, chats, pace, shown, files, options, message) { Chat = chat, Topic = topic };
        var result = await delivery.RunAsync(TelegramOutbound.Render(message.Content, delivery.MaxFile), cancellationToken);
        if (result.Status != SendStatus.Sent) return result;
        health.Sent();
        try
        {
            return result with { Thread = await threads.ArrivedAsync(message, delivery, TelegramPlatformId.Read(result.PlatformId), cancellationToken) };
        }
        catch (StoreUnavailableException error)
        {
            // It is there: what comes again finds its parts and sends none of them twice.
            return new(SendStatus.Retry, result.PlatformId, null, error.Message);
        }
    }

    private async Task<SendResult> DeleteAsync(OutboundMessage message, long chat, CancellationToken cancellationToken)
    {
        foreach (var ids in TelegramPlatformId.Read(message.PlatformId).All.Chunk(MaxDeleted))
        {
            foreach (var id in ids) shown.Note(chat, id, "", null);
            var deleted = await client.DeleteMessagesAsync(chat, ids, cancellationToken);
            if (!deleted.IsOk && !deleted.IsMessageGone) return TelegramDelivery.Failure(deleted, pace, chat, message.PlatformId);
        }

        return new(SendStatus.Sent, message.PlatformId);
    }

    private async Task<SendResult> PrivateAsync(OutboundMessage message, string person, CancellationToken cancellationToken)
    {
        if (message.PlatformId == TelegramPlatformId.Alert) return new(SendStatus.Sent, TelegramPlatformId.Alert);
        if (message.Operation == OutboundOperation.Send && message.InboxId is { } inboxId && await presses.RefuseAsync(inboxId, person, PlainMessage.Of(message.Content), cancellationToken))
        {
            health.Sent();
            return new(SendStatus.Sent, TelegramPlatformId.Alert);
        }

        // A person's id is the id of the direct chat with them; it is there when they have ever spoken to the bot.
        if (!long.TryParse(person, out var chat)) return new(SendStatus.Rejected, Reason: $"'{person}' is nobody on Telegram.");
        var at = TelegramPlace.Of(message.Conversation);
        var topic = at?.Chat == chat ? at.Topic : null;
        var result = await ToChatAsync(at?.Chat == chat ? message : message with { Anchor = null }, chat, topic, cancellationToken);
        return result.Status == SendStatus.Rejected
            ? result with { Reason = "It was for one person alone, and the bot cannot write to them directly: they have not started a chat with it, or have blocked it." }
            : result;
    }

    private async ValueTask<TimeSpan?> ShowAsync(string messageId, (ConversationKey Conversation, string PlatformId, RichMessage Content) state, CancellationToken cancellationToken)
    {
        if (TelegramPlace.Of(state.Conversation) is not { } place) return TimeSpan.Zero;
        var chat = await chats.ToTelegramAsync(place.Chat, cancellationToken);
        var interval = chat < 0 ? options.GroupProgressInterval : options.ProgressInterval;
        if (pace.Wait(chat) is var wait && wait > TimeSpan.Zero) return wait;
        var ids = TelegramPlatformId.Read(state.PlatformId).Words;
        var parts = TelegramOutbound.Render(state.Content, 0).OfType<TelegramPart.Words>().ToList();
        for (var i = 0; i < Math.Min(ids.Count, parts.Count); i++)
        {
            if (shown.Is(chat, ids[i], parts[i].Html, parts[i].Keyboard)) continue;
            using var entered = await shown.EnterAsync(chat, ids[i], cancellationToken);
            var edited = await client.EditTextAsync(TelegramDelivery.Edit(chat, ids[i], parts[i]), cancellationToken);
            if (edited.IsOk || edited.IsNotModified) shown.Note(chat, ids[i], parts[i].Html, parts[i].Keyboard);
            else shown.Forget(chat, ids[i]);
            if (edited.IsTooFast) return pace.Pause(chat, edited.RetryAfter);
        }

        return interval;
    }
}
