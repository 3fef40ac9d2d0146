using System.Collections.Concurrent;
using System.Threading.Channels;
using ChatOps.Channels;
using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Tests.Console;

/// <summary>A web channel that notes what it is given and tells what a test says.</summary>
internal sealed class FakeWebChat : IWebChat
{
    private readonly ConcurrentDictionary<string, Channel<WebChatEvent>> chats = new();

    public ConcurrentQueue<(Actor Actor, string Chat, string ClientId, InboundKind Kind, string Text)> Accepted { get; } = new();

    public void Tell(string chat, WebChatEvent change) => Of(chat).Writer.TryWrite(change);

    public Task<InboxReceipt> AcceptAsync(Actor actor, string chat, string clientId, InboundKind kind, string text, CancellationToken cancellationToken)
    {
        var status = Accepted.Any(a => a.ClientId == clientId) ? InboxStatus.Duplicate : InboxStatus.Accepted;
        if (status == InboxStatus.Accepted) Accepted.Enqueue((actor, chat, clientId, kind, text));
        return Task.FromResult(new InboxReceipt(status, "inbox-" + clientId));
    }

    public IAsyncEnumerable<WebChatEvent> WatchAsync(string chat, CancellationToken cancellationToken) => Of(chat).Reader.ReadAllAsync(cancellationToken);

    private Channel<WebChatEvent> Of(string chat) => chats.GetOrAdd(chat, _ => Channel.CreateUnbounded<WebChatEvent>());
}
