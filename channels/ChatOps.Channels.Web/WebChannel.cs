using System.Runtime.CompilerServices;
using ChatOps.Identity;
using ChatOps.Messages;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Web;

/// <summary>
/// The web console as a channel. A message is sent as soon as the store has it: the console reads the store, and the channel only tells its readers what to read.
/// Telling twice does no harm.
/// </summary>
internal sealed partial class WebChannel(IInbox inbox, WebReaders readers, WebNews news, ProgressPace pace, ILogger<WebChannel> logger) : IChannel, IWebChat, IInboundObserver
{
    /// <summary>Its name.</summary>
    public const string ChannelName = "web";

    private static readonly InboxReceipt Stopping = new(InboxStatus.Refused, null, "The gateway is stopping. Send it again in a moment.");

    private volatile bool stopping;

    public string Name => ChannelName;

    public ChannelCapabilities Capabilities { get; } =
        new(Buttons: true, Edits: true, Threads: false, MaxTextLength: int.MaxValue, IdempotentSends: true) { ReadEverywhere = true };

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        stopping = false;
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            stopping = true;
            LogStopping(readers.Count);
            readers.EndAll();
        }
    }

    public Task<InboxReceipt> AcceptAsync(Actor actor, string chat, string clientId, InboundKind kind, string text, CancellationToken cancellationToken)
    {
        if (actor.Channel != ChannelName) throw new ArgumentException($"'{actor.Key}' is not an identity of the web console.", nameof(actor));
        ArgumentException.ThrowIfNullOrEmpty(chat);
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        return stopping ? Task.FromResult(Stopping) : inbox.AcceptAsync(WebInbound.Convert(actor, chat, clientId, kind, text), cancellationToken);
    }

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        pace.Forget(message.MessageId);
        await news.TellAsync(message.Conversation.Chat, WebChatEventKind.MessageChanged, message.MessageId, cancellationToken);
        return new SendResult(SendStatus.Sent, message.MessageId) { Thread = message.ThreadTitle is null ? null : Beside(message) };
    }

    // The console has no threads: what would be one is a conversation of the same person. Whoever asked for it gives it its owner and its title.
    private static ConversationKey Beside(OutboundMessage message)
    {
        var chat = message.Conversation.Chat;
        return new ConversationKey(ChannelName, chat[..(chat.LastIndexOf('.') + 1)] + message.MessageId.ToLowerInvariant());
    }

    public void ShowProgress(ConversationKey conversation, string messageId, string? platformId, RichMessage content)
    {
        if (!readers.Any(conversation.Chat)) return;
        pace.Show(messageId, content, newest => readers.Tell(conversation.Chat, new WebChatEvent(WebChatEventKind.Progress, messageId, newest)));
    }

    public Task EndProgressAsync(string messageId)
    {
        pace.Forget(messageId);
        return Task.CompletedTask;
    }

    public void Changed(string inboxId, ConversationKey conversation)
    {
        if (conversation.Channel == ChannelName) _ = news.TellAsync(conversation.Chat, WebChatEventKind.InboundChanged, inboxId, CancellationToken.None);
    }

    public async IAsyncEnumerable<WebChatEvent> WatchAsync(string chat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (stopping) yield break;
        var reader = readers.Add(chat);
        try
        {
            while (await reader.NextAsync(cancellationToken) is { } change)
            {
                if (change.Kind == WebChatEventKind.Resync) LogReaderTooSlow(chat);
                yield return change;
            }
        }
        finally
        {
            readers.Remove(chat, reader);
        }
    }
}
