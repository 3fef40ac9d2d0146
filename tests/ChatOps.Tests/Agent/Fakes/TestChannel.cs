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

    /// <summary>What is on its way to the platform: until it is there, a message's passing states have not ended.</summary>
    public Task OnItsWay { get; set; } = Task.CompletedTask;

    public ConcurrentQueue<string> ProgressEnds { get; } = new();

    public Task EndProgressAsync(string messageId)
    {
        ProgressEnds.Enqueue(messageId);
        return OnItsWay;
    }

    public void ShowProgress(ConversationKey conversation, string messageId, string? platformId, RichMessage content) => Progress.Enqueue((messageId, content));

    /// <summary>What a file is when it is fetched, by its reference.</summary>
    public ConcurrentDictionary<string, Func<Stream, CancellationToken, Task<FileFetch>>> Files { get; } = new();

    public ConcurrentQueue<string> Fetched { get; } = new();

    public Task<FileFetch> FetchFileAsync(InboundFile file, Stream into, long maxBytes, CancellationToken cancellationToken)
    {
        Fetched.Enqueue(file.Reference);
        return Files.TryGetValue(file.Reference, out var fetch) ? fetch(into, cancellationToken) : Task.FromResult(new FileFetch(FileFetchStatus.Gone, "The link has expired."));
    }

    public void Changed(string inboxId, ConversationKey conversation) => Changes.Enqueue(inboxId);
}
