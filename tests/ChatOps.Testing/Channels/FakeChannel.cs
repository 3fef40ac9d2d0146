using System.Collections.Concurrent;
using ChatOps.Channels;
using ChatOps.Diagnostics;
using ChatOps.Messages;

namespace ChatOps.Testing.Channels;

/// <summary>A channel whose platform is the test: it keeps what it is asked to send and answers as it is told.</summary>
public sealed class FakeChannel(string name = "fake", bool idempotent = false, bool readEverywhere = false) : IChannel
{
    private readonly ConcurrentQueue<OutboundMessage> sent = new();
    private readonly ConcurrentQueue<(string MessageId, string? PlatformId, RichMessage Content)> progress = new();

    public string Name => name;

    public ChannelCapabilities Capabilities { get; } = new(Buttons: true, Edits: true, Threads: true, MaxTextLength: 4096, IdempotentSends: idempotent) { ReadEverywhere = readEverywhere };

    /// <summary>Every call, in order, whatever the answer was.</summary>
    public IReadOnlyList<OutboundMessage> Calls => [.. sent];

    /// <summary>What was shown in passing.</summary>
    public IReadOnlyList<(string MessageId, string? PlatformId, RichMessage Content)> Progress => [.. progress];

    /// <summary>The platform's answer; by default it takes everything.</summary>
    public Func<OutboundMessage, CancellationToken, Task<SendResult>> OnSend { get; set; } =
        (message, _) => Task.FromResult(new SendResult(SendStatus.Sent, message.PlatformId ?? "p-" + message.MessageId));

    /// <summary>What listening does; by default it waits.</summary>
    public Func<CancellationToken, Task> OnRun { get; set; } = token => Task.Delay(Timeout.Infinite, token);

    /// <summary>What it says of its connection; null for nothing.</summary>
    public PartHealth? Connection { get; set; }

    public PartHealth? Health => Connection;

    /// <summary>The text blocks sent to a conversation, in order.</summary>
    public IReadOnlyList<string> Texts(ConversationKey conversation) =>
        [.. sent.Where(m => m.Conversation == conversation).SelectMany(m => m.Content.Blocks).OfType<TextBlock>().Select(b => b.Markdown)];

    public Task RunAsync(CancellationToken cancellationToken) => OnRun(cancellationToken);

    public Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        sent.Enqueue(message);
        return OnSend(message, cancellationToken);
    }

    /// <summary>What ends the passing states of a message; by default nothing is on its way.</summary>
    public Func<string, Task> OnEndProgress { get; set; } = _ => Task.CompletedTask;

    public Task EndProgressAsync(string messageId) => OnEndProgress(messageId);

    public void ShowProgress(ConversationKey conversation, string messageId, string? platformId, RichMessage content) =>
        progress.Enqueue((messageId, platformId, content));
}
