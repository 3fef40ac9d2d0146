using System.Globalization;
using ChatOps.Messages;
using ChatOps.Testing.Channels;

namespace ChatOps.Channels.Tests.Web;

/// <summary>Somebody who looks at a chat. What it shows changes only when it is told to read.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly CancellationTokenSource closing = new();
    private readonly Func<string, OutboundMessage[]> read;
    private readonly string chat;
    private readonly Task watching;
    private readonly Lock gate = new();
    private readonly List<OutboundMessage> shown;

    public Browser(IWebChat web, string chat, Func<string, OutboundMessage[]> read)
    {
        (this.read, this.chat) = (read, chat);
        var changes = web.WatchAsync(chat, closing.Token).GetAsyncEnumerator(closing.Token);

        // Looking begins before the first reading, so that nothing falls between.
        var first = changes.MoveNextAsync();
        shown = [.. read(chat)];
        watching = WatchAsync(changes, first);
    }

    /// <summary>Whether it reads what it is told.</summary>
    public bool Reads { get; set; } = true;

    /// <summary>What a person sees.</summary>
    public IReadOnlyList<SeenMessage> Seen
    {
        get { lock (gate) return [.. shown.Select(Show)]; }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await watching;
        closing.Dispose();
    }

    private async Task WatchAsync(IAsyncEnumerator<WebChatEvent> changes, ValueTask<bool> next)
    {
        try
        {
            while (await next)
            {
                while (!Reads) await Task.Delay(1, closing.Token);
                Apply(changes.Current);
                next = changes.MoveNextAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The window was closed.
        }
        finally
        {
            await changes.DisposeAsync();
        }
    }

    private void Apply(WebChatEvent change)
    {
        if (change.Kind is not (WebChatEventKind.MessageChanged or WebChatEventKind.Resync)) return;
        var now = read(chat);
        lock (gate)
        {
            if (change.Kind == WebChatEventKind.Resync)
            {
                shown.Clear();
                shown.AddRange(now);
                return;
            }

            var place = shown.FindIndex(m => m.MessageId == change.Id);
            var message = now.FirstOrDefault(m => m.MessageId == change.Id);
            if (message is null && place >= 0) shown.RemoveAt(place);
            else if (message is not null && place >= 0) shown[place] = message;
            else if (message is not null) shown.Add(message);
        }
    }

    private static SeenMessage Show(OutboundMessage message)
    {
        var text = string.Join('\n', message.Content.Blocks.Select(block => block switch
        {
            TextBlock b => b.Markdown,
            CodeBlock b => b.Text,
            FieldsBlock b => string.Join('\n', b.Fields.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Label}: {f.Value}"))),
            _ => "",
        }));
        return new SeenMessage(message.MessageId, text, [.. message.Content.Blocks.OfType<ActionsBlock>().SelectMany(b => b.Actions).Select(a => a.Token)]);
    }
}
