using System.Net.WebSockets;
using ChatOps.Channels;
using ChatOps.Console.Authentication;
using ChatOps.Console.Chat;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Console.Live;

/// <summary>
/// One page's live connection. It ends when the browser goes, when the session ends or when its person is removed. What was missed while
/// it was away is sent again at the start, so a page is complete without a reload.
/// </summary>
internal sealed class LiveConnection(LiveSender sender, SignedIn who, ChatAddress? chat, LiveSources from)
{
    // A tick tells the browser that the connection lives even when nothing happens.
    private const int PulsesPerTick = 10;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var parts = new List<Task> { sender.UntilClosedAsync(ending.Token), PulseAsync(ending.Token) };
        if (chat is not null) parts.Add(FollowAsync(chat, ending.Token));
        await Task.WhenAny(parts);
        // Said goodbye before it is cut off: what was sent last arrives.
        await QuietlyAsync(sender.CloseAsync());
        await QuietlyAsync(parts[0].WaitAsync(Farewell, from.Time, cancellationToken));
        await ending.CancelAsync();
        foreach (var part in parts) await QuietlyAsync(part);
    }

    private async Task FollowAsync(ChatAddress address, CancellationToken cancellationToken)
    {
        await using var events = from.Web.WatchAsync(address.Chat, cancellationToken).GetAsyncEnumerator(cancellationToken);
        // Asking for the first event subscribes; what happened before is read afterwards, so nothing falls between.
        var next = events.MoveNextAsync().AsTask();
        try
        {
            await CatchUpAsync(address, cancellationToken);
            while (await next)
            {
                await ShowAsync(address, events.Current, cancellationToken);
                next = events.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // An enumerator cannot be disposed while it looks for the next event.
            await QuietlyAsync(next);
        }
    }

    private async Task ShowAsync(ChatAddress address, WebChatEvent change, CancellationToken cancellationToken)
    {
        switch (change.Kind)
        {
            case WebChatEventKind.Progress when change.Progress is not null:
                await sender.SendAsync(await from.Fragments.ProgressAsync(change.Id, change.Progress, from.Time.GetUtcNow()), cancellationToken);
                break;
            case WebChatEventKind.MessageChanged:
                var message = await from.Store.ReadAsync(session => session.Outbox.FindMessage(change.Id), cancellationToken);
                if (message is null) await sender.SendAsync(new LiveMessage("remove", change.Id), cancellationToken);
                else if (message.ConversationId == address.Key.Id)
                    await sender.SendAsync(await from.Fragments.EntryAsync(new TimelineEntry(message.Id, null, message)), cancellationToken);
                break;
            case WebChatEventKind.InboundChanged:
                var item = await from.Store.ReadAsync(session => session.Inbox.Find(change.Id), cancellationToken);
                if (item is { Kind: InboundKind.Text, Context.Quiet: false } && item.ConversationId == address.Key.Id)
                    await sender.SendAsync(await from.Fragments.EntryAsync(new TimelineEntry(item.Id, item, null)), cancellationToken);
                break;
            case WebChatEventKind.Resync:
                await CatchUpAsync(address, cancellationToken);
                break;
        }
    }

    private async Task CatchUpAsync(ChatAddress address, CancellationToken cancellationToken)
    {
        var view = await from.Store.ReadAsync(session => from.Chats.Read(session, address, who.Principal), cancellationToken);
        if (view is null) return;
        foreach (var entry in view.Entries) await sender.SendAsync(await from.Fragments.EntryAsync(entry), cancellationToken);
        await sender.SendAsync(new LiveMessage("complete"), cancellationToken);
    }

    private async Task PulseAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(from.Options.Pulse, from.Time);
        string? shown = null;
        for (var pulse = 0; ; pulse++)
        {
            if (await from.Sessions.CheckAsync(who, cancellationToken) is not { } now)
            {
                await sender.SendAsync(new LiveMessage("ended"), cancellationToken);
                return;
            }

            var (version, view) = await from.Panes.ReadAsync(now.Principal, cancellationToken);
            if (version != shown) await sender.SendAsync(await from.Fragments.PanesAsync(view), cancellationToken);
            else if (pulse % PulsesPerTick == 0) await sender.SendAsync(new LiveMessage("tick"), cancellationToken);
            shown = version;
            if (!await timer.WaitForNextTickAsync(cancellationToken)) return;
        }
    }

    // The ends that a connection has: the browser left, it was too slow, the gateway stops, or the store is away (the browser tries again).
    private static async Task QuietlyAsync(Task part)
    {
        try
        {
            await part;
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or StoreUnavailableException or ObjectDisposedException or IOException or TimeoutException)
        {
        }
    }
}
