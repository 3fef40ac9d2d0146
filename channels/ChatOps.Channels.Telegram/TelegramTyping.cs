using System.Collections.Concurrent;
using ChatOps.Channels.Telegram.Client;
using ChatOps.Messages;

namespace ChatOps.Channels.Telegram;

/// <summary>Shows that the bot works on something, from the moment it was taken to the first word that goes out, or not much longer.</summary>
internal sealed class TelegramTyping(TelegramClient client, TelegramPace pace, TimeProvider time)
{
    private const int MaxChats = 200;
    private const int Times = 3;

    // Telegram shows it for five seconds.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4.5);

    private readonly ConcurrentDictionary<ConversationKey, CancellationTokenSource> working = new();

    /// <summary>Work has begun.</summary>
    public void Begin(ConversationKey conversation, long chat, CancellationToken cancellationToken)
    {
        if (working.Count >= MaxChats) return;
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (working.TryAdd(conversation, stop)) _ = ShowAsync(conversation, chat, stop);
        else stop.Dispose();
    }

    /// <summary>Something goes out: nothing more need be shown.</summary>
    public void End(ConversationKey conversation)
    {
        if (working.TryRemove(conversation, out var stop)) stop.Cancel();
    }

    private async Task ShowAsync(ConversationKey conversation, long chat, CancellationTokenSource stop)
    {
        var topic = TelegramPlace.Of(conversation)?.Topic;
        try
        {
            for (var i = 0; i < Times && pace.Wait(chat) == TimeSpan.Zero; i++)
            {
                var shown = await client.SendActionAsync(chat, topic, "typing", stop.Token);
                if (shown.IsTooFast) pace.Pause(chat, shown.RetryAfter);
                if (!shown.IsOk) break;
                await Task.Delay(Interval, time, stop.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ChannelFatalException)
        {
            // The answer is there, or the channel stops.
        }
        finally
        {
            if (working.TryGetValue(conversation, out var mine) && ReferenceEquals(mine, stop)) working.TryRemove(conversation, out _);
            stop.Dispose();
        }
    }
}
