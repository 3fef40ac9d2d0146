using System.Collections.Concurrent;
using ChatOps.Channels;
using ChatOps.Messages;

namespace ChatOps.Tests.Agent.Fakes;

/// <summary>Remembers what it was told.</summary>
internal sealed class TestChannel : IChannel, IInboundObserver
{
    public string Name => "test";

    public ChannelCapabilities Capabilities { get; } = new(true, true, true, 4000, IdempotentSends: true);

    public ConcurrentQueue<OutboundMessage> Sent { get; } = new();

    public ConcurrentQueue<(string MessageId, RichMessage Content)> Progress { get; } = new();

    public ConcurrentQueue<string> Changes { get; } = new();

    public async Task RunAsync(CancellationToken cancellationToken) => await Task.Delay(Timeout.Infinite, cancellationToken);

    public Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        Sent.Enqueue(message);
        return Task.FromResult(new SendResult(SendStatus.Sent, message.PlatformId ?? "p-" + message.MessageId));
    }

    public void ShowProgress(ConversationKey conversation, string messageId, string? platformId, RichMessage content) => Progress.Enqueue((messageId, content));

    public void Changed(string inboxId, ConversationKey conversation) => Changes.Enqueue(inboxId);
}
