using ChatOps.Messages;

namespace ChatOps.Channels;

/// <summary>A chat platform's adapter: converts, nothing else. Knows no agent and no tool.</summary>
public interface IChannel
{
    /// <summary>Its name: the first part of conversation ids and actors.</summary>
    string Name { get; }

    /// <summary>What it can do, as data, so that rendering can fall back.</summary>
    ChannelCapabilities Capabilities { get; }

    /// <summary>Listens until cancelled. Channels that are fed by HTTP endpoints just wait.</summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Sends, edits or deletes one message. Expected failures are values; Delivery decides on retries.</summary>
    Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken);

    /// <summary>Shows a passing state of a message; coalesces to the platform's rate; may drop.</summary>
    void ShowProgress(ConversationKey conversation, string messageId, string? platformId, RichMessage content);
}
