using ChatOps.Gateways;
using ChatOps.Messages;

namespace ChatOps.Channels.Web;

/// <summary>Tells whoever looks at a chat what to read, on whatever gateway they look.</summary>
internal sealed class WebNews(WebReaders readers, IGateways gateways, Lazy<IMessageBus> bus) : IMessageHandler<WebChatChanged>
{
    /// <summary>Tells them.</summary>
    public Task TellAsync(string chat, WebChatEventKind kind, string id, CancellationToken cancellationToken)
    {
        if (!gateways.IsAlone) return bus.Value.PublishAsync(new WebChatChanged(chat, kind, id), cancellationToken);
        readers.Tell(chat, new WebChatEvent(kind, id));
        return Task.CompletedTask;
    }

    public Task HandleAsync(WebChatChanged message, CancellationToken cancellationToken)
    {
        readers.Tell(message.Chat, new WebChatEvent(message.Kind, message.Id));
        return Task.CompletedTask;
    }
}
